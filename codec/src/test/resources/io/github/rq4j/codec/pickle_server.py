"""Answers each line, a Python expression, with what it evaluates to: the hex of its UTF-8 text.

The functions here compare pickles with the values and the bytes that Python itself makes; see
PicklePropertyTest.
"""

import _compat_pickle
import dataclasses
import datetime
import decimal
import enum
import fractions
import io
import pathlib
import pickle
import random
import struct
import sys
import uuid
import zoneinfo
from array import array
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple


def double(bits):
    return struct.unpack(">d", bytes.fromhex(bits))[0]


def text(*code_points):
    return "".join(map(chr, code_points))


class Shown(str):
    """Text that repr leaves as it is."""

    __repr__ = str.__str__


def shown(value, protocol):
    """A value as text that shows types, bits, order and zones."""
    kind = type(value).__name__
    if value is None or isinstance(value, (bool, int, str, bytes, bytearray, slice, range)):
        body = repr(value)
    elif isinstance(value, float):
        nan = value != value and protocol == 0  # has no bits as text
        body = "nan" if nan else struct.pack(">d", value).hex()
    elif isinstance(value, complex):
        body = shown(value.real, protocol) + shown(value.imag, protocol)
    elif isinstance(value, dict):
        items = value.items()
        body = ";".join(shown(k, protocol) + ":" + shown(v, protocol) for k, v in items)
    elif isinstance(value, (set, frozenset)):
        body = ";".join(sorted(shown(v, protocol) for v in value))
    elif isinstance(value, (list, tuple, array)):
        body = ";".join(shown(v, protocol) for v in value)
        kind += getattr(value, "typecode", "")
    elif isinstance(value, (datetime.datetime, datetime.time)):
        naive = value.replace(tzinfo=None, fold=0)
        fold = value.fold if protocol > 3 else 0  # dropped below
        body = repr(naive) + str(fold) + shown(value.tzinfo, protocol)
    elif isinstance(value, (Plain, Keyword)):
        body = shown(vars(value), protocol)
    else:
        body = repr(value)
    return kind + "(" + body + ")"


class Apart(pickle.Unpickler):
    """Leaves equal bytes apart; the codec that old protocols call has one object per single byte."""

    def find_class(self, module, name):
        if (module, name) == ("_codecs", "encode"):
            return lambda text, encoding: bytes(bytearray(text.encode(encoding)))
        return super().find_class(module, name)


def written(data, protocol, expected):
    """Compares a pickle with the value that it is of, and its bytes with Python's own."""
    answer = loaded(data, protocol, expected)
    own = pickle.dumps(Apart(io.BytesIO(bytes.fromhex(data))).load(), protocol).hex()
    return answer if own == data else "Python writes " + own + " not " + data + "; " + answer


def loaded(data, protocol, expected):
    """Compares a pickle with the value that it is of."""
    got, wanted = shown(pickle.loads(bytes.fromhex(data)), protocol), shown(expected, protocol)
    return "same" if got == wanted else "loads as " + got + ", not " + wanted


def compatible_names():
    """How Python 3 maps names of Python 2 (<) and its own (>), one a line."""
    lines = []
    for sign, names, modules in [
        ("<", _compat_pickle.NAME_MAPPING, _compat_pickle.IMPORT_MAPPING),
        (">", _compat_pickle.REVERSE_NAME_MAPPING, _compat_pickle.REVERSE_IMPORT_MAPPING),
    ]:
        lines += [" ".join((sign, *name, *names[name])) for name in names]
        lines += [" ".join((sign, module, "any", modules[module], "any")) for module in modules]
    return "\n".join(lines)


# Values made here ---------------------------------------------------------------------------------


class Colour(enum.Enum):
    RED = "red"
    BLUE = 2


class Level(enum.IntEnum):
    LOW = 1


class Flags(enum.Flag):
    A = 1
    B = 2


class Plain:
    def __init__(self, **attributes):
        self.__dict__.update(attributes)


class Keyword:
    def __new__(cls, *, size):
        made = object.__new__(cls)
        made.size = size
        return made


class Slotted:
    __slots__ = ("left", "right")

    def __getstate__(self):
        return None, {"left": self.left}


class Words(list):
    pass


class Table(dict):
    pass


class Text(str):
    pass


@dataclasses.dataclass(frozen=True)
class Money:
    amount: decimal.Decimal
    currency: str = "EUR"


Point = namedtuple("Point", "x y")
UTC = datetime.timezone.utc
ZONES = [
    None,
    UTC,
    zoneinfo.ZoneInfo("Europe/Berlin"),
    datetime.timezone(datetime.timedelta(hours=2)),
    datetime.timezone(datetime.timedelta(minutes=-150), "odd"),
    datetime.timezone(datetime.timedelta(seconds=1, microseconds=5)),
]
NAMES = ["sku", "name", "price", "lines", "id", "\xe4", "\u20ac", ""]


def moment(rng):
    return datetime.datetime(
        rng.randrange(1, 9999),
        rng.randrange(1, 13),
        rng.randrange(1, 29),
        rng.randrange(24),
        rng.randrange(60),
        rng.randrange(60),
        rng.choice([0, 0, rng.randrange(10**6)]),
        rng.choice(ZONES),
        fold=rng.choice([0, 0, 0, 1]),
    )


def random_leaf(rng):
    return rng.choice(LEAVES)(rng)


LEAVES = [
    lambda rng: rng.choice([None, True, False, Ellipsis, NotImplemented]),
    lambda rng: rng.randrange(-300, 70000),
    lambda rng: rng.getrandbits(rng.choice([31, 32, 63, 64, 100, 2039, 2040])) * rng.choice([1, -1]),
    lambda rng: double(rng.getrandbits(64).to_bytes(8, "big").hex()),
    lambda rng: rng.choice(NAMES),
    lambda rng: "".join(rng.choice("ab\x00\n\\\xff\u20ac\U0001f600\udc00") for _ in range(rng.randrange(6))),
    lambda rng: "x" * rng.choice([84, 85, 86, 127, 255, 256, 300]),
    lambda rng: "\u20ac" * rng.choice([84, 85, 86, 300]),
    lambda rng: bytes(rng.randrange(256) for _ in range(rng.randrange(5))),
    lambda rng: b"y" * rng.choice([255, 256]),
    lambda rng: bytearray(rng.randrange(256) for _ in range(rng.randrange(5))),
    lambda rng: complex(rng.random(), -rng.random()),
    moment,
    lambda rng: moment(rng).date(),
    lambda rng: moment(rng).timetz(),
    lambda rng: datetime.timedelta(rng.randrange(-999999999, 10**6), rng.random() * 10**5),
    lambda rng: rng.choice(ZONES),
    lambda rng: decimal.Decimal(rng.choice(["0", "-0.00", "1E+3", "1.50", "NaN", "sNaN12", "-Infinity", "1E-30"])),
    lambda rng: fractions.Fraction(rng.randrange(-99, 99), rng.randrange(1, 99)),
    lambda rng: uuid.UUID(int=rng.getrandbits(128)),
    lambda rng: pathlib.PurePosixPath(rng.choice(["/etc/hosts", "usr/lib", ".", "/", "//srv/data"])),
    lambda rng: pathlib.PureWindowsPath(rng.choice(["C:\\win\\sys", "C:dir", "\\\\srv\\share\\dir", "dir"])),
    lambda rng: range(rng.randrange(9), rng.randrange(99), rng.randrange(1, 3)),
    lambda rng: slice(None, rng.randrange(9), rng.choice([None, -1])),
    lambda rng: array(rng.choice("bBhHiIlLqQ"), [rng.randrange(99) for _ in range(rng.randrange(4))]),
    lambda rng: array(rng.choice("fd"), [rng.random() for _ in range(rng.randrange(4))]),
    lambda rng: rng.choice([Colour.RED, Colour.BLUE, Level.LOW, Flags.A, Flags.A | Flags.B]),
    lambda rng: rng.choice([int, dict, len, ValueError, Plain, random.Random, moment]),
    lambda rng: set(rng.sample(NAMES, rng.randrange(4))),
    lambda rng: frozenset(rng.sample(range(99), rng.randrange(4))),
]


def random_parts(rng, depth, shared):
    count = rng.choice([0, 1, 2, 3, 4, 5])
    return [random_value(rng, depth - 1, shared) for _ in range(count)]


def random_container(rng, depth, shared):
    kind = rng.randrange(16)
    parts = random_parts(rng, depth, shared)
    named = {rng.choice(NAMES): part for part in parts}
    if kind < 3:
        return parts
    if kind < 6:
        return tuple(parts)
    if kind < 9:
        return named
    if kind == 9:
        return rng.choice([OrderedDict, Table])(named)
    if kind == 10:
        return defaultdict(rng.choice([int, list, None]), named)
    if kind == 11:
        return rng.choice([deque, Words])(parts)
    if kind == 12:
        return Plain(**named)
    if kind == 13:
        made = Slotted()
        made.left = parts
        return made
    if kind == 14:
        return rng.choice([ValueError, KeyError])(*parts)
    return rng.choice([Point(parts, 1), Money(decimal.Decimal(1)), Text("text"), Counter(NAMES[:3])])


def random_value(rng, depth, shared):
    if shared and rng.random() < 0.2:
        return rng.choice(shared)
    make = random_container if depth and rng.random() < 0.6 else lambda r, d, s: random_leaf(r)
    made = make(rng, depth, shared)
    shared.append(made)
    if type(made) is list and rng.random() < 0.1:
        made.append(rng.choice(shared))
    return made


def generate(seed, protocol):
    """A pickle of a random value, if it has all that Python needs to write the same again.

    Orders of sets change by loading, and identities of strings that Python interns.
    """
    rng = random.Random(seed)
    made = random_value(rng, 4, [])
    size = rng.choice([0] * 40 + [999, 1000, 1001, 2000])
    if size:
        made = rng.choice(LARGE)(made, size)
    data = pickle.dumps(made, protocol)
    own = pickle.dumps(pickle.loads(data), protocol)
    return own.hex() if own == data else "unstable"


LARGE = [
    lambda made, size: [made] * size,
    lambda made, size: deque([made] * size),
    lambda made, size: dict.fromkeys(range(size), made),
    lambda made, size: OrderedDict.fromkeys(range(size), made),
    lambda made, size: set(range(size)),
    lambda made, size: frozenset(range(size)),
    lambda made, size: (made,) * size,
    lambda made, size: ["z" * 40000, made, b"z" * 40000, made, "z" * 70000, made],
]


for line in sys.stdin:
    try:
        answer = eval(line)
    except Exception as error:
        answer = "harness: " + repr(error)
    print(answer.encode("utf-8", "surrogatepass").hex(), flush=True)
