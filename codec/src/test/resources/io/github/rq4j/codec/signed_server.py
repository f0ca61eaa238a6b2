"""Answers each line, a Python expression, with what it evaluates to: the hex of its UTF-8 text.

The first line is use(FOLDER), the folder of the package rq4j_fixtures; see SignedPythonTest.
"""

import json
import sys

SECRETS = {"2026-11": bytes(range(32)), "old.key": b"k" * 40}


def use(folder):
    global InvalidSignatureError, SignedSerializer
    sys.path.insert(0, folder)
    from rq4j_fixtures.signed import InvalidSignatureError, SignedSerializer

    return "ready"


class AsIs:
    """The payload itself, given as hex."""

    @staticmethod
    def dumps(value):
        return bytes.fromhex(value)

    @staticmethod
    def loads(payload):
        return payload.hex()


def signed(key_id, inner):
    return SignedSerializer((key_id, SECRETS[key_id]), list(SECRETS.items()), inner)


def seal(key_id, payload):
    return signed(key_id, AsIs).dumps(payload).hex()


def open_sealed(envelope):
    try:
        return signed("2026-11", AsIs).loads(bytes.fromhex(envelope))
    except InvalidSignatureError:
        return "refused"


def dumps_json(key_id, value):
    return signed(key_id, json).dumps(value).hex()


def dumps_pickle(key_id, value):
    return SignedSerializer((key_id, SECRETS[key_id])).dumps(value).hex()


def loads_pickle(envelope):
    serializer = SignedSerializer(("2026-11", SECRETS["2026-11"]), SECRETS.items())
    return repr(serializer.loads(bytes.fromhex(envelope)))


for line in sys.stdin:
    try:
        answer = eval(line)
    except Exception as error:
        answer = "harness: " + repr(error)
    print(answer.encode("utf-8").hex(), flush=True)
