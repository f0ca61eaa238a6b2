"""Answers each line, a Python expression, with what it evaluates to: the hex of its UTF-8 text.

The classes here stand in the module shop.models, as those of an application would; see
MappedValuesTest.
"""

import pickle
import sys
import types
from decimal import Decimal

MODELS = '''
import enum
from dataclasses import dataclass


@dataclass
class Line:
    article: str
    price: object


@dataclass
class Order:
    id: int
    lines: list
    colour: object


@dataclass(frozen=True)
class Money:
    amount: object
    currency: str


@dataclass
class Node:
    name: str
    children: list


@dataclass
class Empty:
    pass


@dataclass(slots=True)
class Slotted:
    left: object
    right: object


@dataclass(slots=True)
class OneSlot:
    value: object


@dataclass(slots=True)
class NoSlot:
    pass


@dataclass(frozen=True, slots=True)
class Packed:
    left: object
    right: object


@dataclass(frozen=True, slots=True)
class OnePacked:
    value: object


@dataclass(frozen=True, slots=True)
class NonePacked:
    pass


class Basket:
    @dataclass
    class Line:
        article: str
        price: object


class Colour(enum.Enum):
    RED = "red"
    BLUE = ("rgb", 0, 0, 255)


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Size(enum.Enum):
    S = "S"
    L = "L"


class Temperature:
    def __init__(self, degrees):
        self.degrees = degrees

    def __eq__(self, other):
        return self.degrees == other.degrees

    def __reduce__(self):
        return Temperature, (self.degrees,)
'''

models = types.ModuleType("shop.models")
exec(MODELS, models.__dict__)
sys.modules["shop"] = types.ModuleType("shop")
sys.modules["shop.models"] = sys.modules["shop"].models = models


def written(data, protocol, expected):
    """Compares a pickle with the value that it is of, and its bytes with Python's own."""
    got = pickle.loads(bytes.fromhex(data))
    own = pickle.dumps(expected, protocol).hex()
    if own != data:
        return "Python writes " + own + " not " + data
    return "same" if type(got) is type(expected) else "loads as " + repr(got)


def equal(data, expected):
    """Compares what a pickle loads as with a value."""
    got = pickle.loads(bytes.fromhex(data))
    return "same" if got == expected else "loads as " + repr(got)


def dumped(value, protocol):
    return pickle.dumps(value, protocol).hex()


def by_name(protocol):
    """A member of an enum as Python 3.11.0 to 3.11.3 writes it."""

    class ByName:
        def __reduce__(self):
            return getattr, (models.Colour, "RED")

    return pickle.dumps(ByName(), protocol).hex()


def cycle():
    node = models.Node("a", [])
    node.children.append(node)
    return node


def shared():
    line = models.Line("pen", 1)
    return [line, line, models.Colour.RED, models.Line("pen", 1), models.Colour.RED]


for line in sys.stdin:
    try:
        answer = eval(line, dict(vars(models), **globals()))
    except Exception as error:
        answer = "harness: " + repr(error)
    print(answer.encode("utf-8", "surrogatepass").hex(), flush=True)
