"""Answers each line, a Python expression, with what it evaluates to: the hex of its UTF-8 text.

The functions here say how Python's json reads and writes; see JsonPropertyTest.
"""

import json
import random
import struct
import sys


def double(bits):
    return struct.unpack(">d", bytes.fromhex(bits))[0]


def text(*code_points):
    return "".join(map(chr, code_points))


def plain(value):
    """A value as text that shows types and bits; dicts in order."""
    if isinstance(value, float):
        return "f" + struct.pack(">d", value).hex()
    if isinstance(value, str):
        return "s" + ",".join(str(ord(c)) for c in value)
    if isinstance(value, list):
        return "[" + ";".join(map(plain, value)) + "]"
    if isinstance(value, dict):
        return "{" + ";".join(plain(k) + ":" + plain(v) for k, v in value.items()) + "}"
    return repr(value)


def dumps(value):
    return json.dumps(value)


def whole_names(pairs):
    """A dict, unless a name in it has half of a surrogate pair: the one documented difference."""
    for name, _ in pairs:
        name.encode("utf-8")
    return dict(pairs)


def loads(data):
    """What RQ's JSONSerializer makes of bytes given as hex, or an error."""
    try:
        made = json.loads(bytes.fromhex(data).decode("utf-8"), object_pairs_hook=whole_names)
        return plain(made)
    except ValueError:
        return "refused"


def random_string(rng):
    alphabet = rng.choice(["ab c", "\x00\n\"\\/\x7f", "\xe4\u20ac\U0001f600\ud800", "12e"])
    return "".join(rng.choice(alphabet) for _ in range(rng.randrange(9)))


def random_float(rng):
    return rng.choice(
        [
            rng.random(),
            rng.uniform(-1e20, 1e20),
            struct.unpack(">d", rng.getrandbits(64).to_bytes(8, "big"))[0],
            rng.choice([float("inf"), float("-inf"), float("nan"), 0.0, -0.0, 1e16, 5e-324]),
        ]
    )


def random_value(rng, depth):
    kind = rng.randrange(8 if depth else 6)
    if kind == 0:
        return rng.choice([None, True, False])
    if kind == 1:
        return rng.randrange(-10, 300)
    if kind == 2:
        return rng.getrandbits(rng.choice([31, 63, 64, 200])) * rng.choice([1, -1])
    if kind == 3:
        return random_float(rng)
    if kind < 6:
        return random_string(rng)
    size = rng.randrange(4)
    if kind == 6:
        return [random_value(rng, depth - 1) for _ in range(size)]
    return {random_string(rng): random_value(rng, depth - 1) for _ in range(size)}


def generate(seed):
    """A random JSON text, now and then one that is spoilt in one place."""
    rng = random.Random(seed)
    made = json.dumps(
        random_value(rng, 4),
        ensure_ascii=rng.random() < 0.7,
        indent=rng.choice([None, None, 1]),
    ).encode("utf-8", "surrogatepass")
    if rng.random() < 0.4:
        spoilt = bytearray(made)
        at = rng.randrange(len(spoilt))
        how = rng.randrange(3)
        if how == 0:
            del spoilt[at]
        elif how == 1:
            spoilt[at:at] = rng.choice(SPOILERS)
        else:
            spoilt[at : at + 1] = rng.choice(SPOILERS)
        made = bytes(spoilt)
    return made.hex()


SPOILERS = [
    bytes([c]) for c in b'0123456789.-+eE"\\/[]{},: \t\n\r\x00\x0b\x1e\x7f\xa0\xff\xc0tfnNaI#\''
] + [b"NaN", b"Infinity", b"-Infinity", b"INF", b"+Infinity", b"-NaN", b"\\u12", b"\\u0000", b"\\x41"]
SPOILERS += ["\ufeff".encode(), "\u2028".encode(), b"\xed\xa0\x80", b"//", b"/**/", b"0x1", b"01", b"1."]


for line in sys.stdin:
    try:
        answer = eval(line)
    except Exception as error:
        answer = "harness: " + repr(error)
    print(answer.encode("utf-8", "surrogatepass").hex(), flush=True)
