"""Signed payloads for RQ: an HMAC-SHA256 around what another serializer writes.

The Python side of rq4j's SignedSerializer. Give an instance to RQ as its serializer:

    from rq import Queue
    from rq4j_fixtures.signed import SignedSerializer

    serializer = SignedSerializer(("2026-11", secret), accepted_keys=[("2026-05", old_secret)])
    queue = Queue(connection=redis, serializer=serializer)

Loads refuse what is not signed with an accepted key before a byte of the payload is parsed. The
module stands alone: it needs nothing but the standard library, and may be copied.
"""

import hashlib
import hmac
import pickle
import re

MAGIC = b"RQ4S"
VERSION = 1
MIN_SECRET_BYTES = 32
DEFAULT_MAX_BYTES = 256 * 1024 * 1024

_HEADER_BYTES = len(MAGIC) + 2
_MAC_BYTES = 32
_KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,64}\Z")


class InvalidSignatureError(ValueError):
    """The signature of a payload is missing, cut short, wrong, or of a key not accepted."""


class _Pickle(object):
    """What RQ uses by default."""

    @staticmethod
    def dumps(value):
        return pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)

    @staticmethod
    def loads(payload):
        return pickle.loads(payload)


class SignedSerializer(object):
    """Signs with one key and accepts several, each a pair of key id and secret bytes."""

    def __init__(
        self, signing_key, accepted_keys=(), serializer=_Pickle, max_bytes=DEFAULT_MAX_BYTES
    ):
        """Check the keys; serializer is any object with dumps and loads, such as json."""
        self._secrets = {}
        for key_id, secret in [signing_key] + list(accepted_keys):
            self._accept(key_id, secret)
        self._signing_id = signing_key[0]
        self._serializer = serializer
        self._max_bytes = max_bytes

    def _accept(self, key_id, secret):
        if not _KEY_ID.match(key_id):
            raise ValueError("a key id has 1 to 64 of the characters A-Z a-z 0-9 . _ -")
        if not isinstance(secret, bytes) or len(secret) < MIN_SECRET_BYTES:
            raise ValueError(
                "the secret of key %s has to be bytes, %d or more" % (key_id, MIN_SECRET_BYTES)
            )
        if self._secrets.setdefault(key_id, secret) != secret:
            raise ValueError("key %s was given two secrets" % key_id)

    def __repr__(self):
        """Show the key ids; no secrets."""
        return "SignedSerializer(signs with %s, accepts %s)" % (
            self._signing_id,
            ", ".join(sorted(self._secrets)),
        )

    def dumps(self, value):
        """Serialize a value and sign the bytes."""
        payload = self._serializer.dumps(value)
        if not isinstance(payload, bytes):  # json gives text
            payload = payload.encode("utf-8")
        key_id = self._signing_id.encode("ascii")
        header = MAGIC + bytes(bytearray([VERSION, len(key_id)])) + key_id
        return header + _mac(self._secrets[self._signing_id], header, payload) + payload

    def loads(self, envelope):
        """Check the signature, then read the value."""
        return self._serializer.loads(self._payload(bytes(envelope)))

    def _payload(self, envelope):
        if len(envelope) > self._max_bytes + _HEADER_BYTES + 64 + _MAC_BYTES:
            raise InvalidSignatureError("the envelope has %d bytes, too many" % len(envelope))
        if not envelope.startswith(MAGIC):
            raise InvalidSignatureError("there is no signature")
        if len(envelope) < _HEADER_BYTES:
            raise InvalidSignatureError("the envelope is cut short")
        version, id_length = bytearray(envelope[len(MAGIC) : _HEADER_BYTES])
        if version != VERSION:
            raise InvalidSignatureError("version %d of the envelope is not known" % version)
        mac_at = _HEADER_BYTES + id_length
        payload_at = mac_at + _MAC_BYTES
        if len(envelope) < payload_at:
            raise InvalidSignatureError("the envelope is cut short")
        header, payload = envelope[:mac_at], envelope[payload_at:]
        secret = self._secrets.get(header[_HEADER_BYTES:].decode("latin-1"))
        if secret is None:
            raise InvalidSignatureError("the key is not among those accepted")
        if not hmac.compare_digest(_mac(secret, header, payload), envelope[mac_at:payload_at]):
            raise InvalidSignatureError("the signature is wrong")
        return payload


def _mac(secret, header, payload):
    mac = hmac.new(secret, header, hashlib.sha256)
    mac.update(payload)
    return mac.digest()
