"""Answers each line, a Python expression, with what it evaluates to: the hex of its UTF-8 text."""

import datetime
import decimal
import fractions
import pathlib
import struct
import sys
import unicodedata
import uuid
import zoneinfo
from array import array
from collections import Counter, defaultdict, deque


def double(bits):
    return struct.unpack(">d", bytes.fromhex(bits))[0]


def text(*code_points):
    return "".join(map(chr, code_points))


def cut(shown, length):
    return shown[:length] + "..." if len(shown) > length else shown


def call(name, args, kwargs):
    """The default description of a job: keyword arguments in the order of their text."""
    shown = [cut(repr(arg), 75) for arg in args]
    shown += sorted(key + "=" + cut(repr(value), 75) for key, value in kwargs.items())
    return name + "(" + ", ".join(shown) + ")"


def printable():
    """All code points, as 1 printable, 0 not printable, ? not assigned."""
    return "".join(
        "?" if unicodedata.category(chr(c)) == "Cn" else str(int(chr(c).isprintable()))
        for c in range(0x110000)
    )


for line in sys.stdin:
    try:
        answer = eval(line)
    except Exception as error:
        answer = "harness: " + repr(error)
    print(answer.encode("utf-8", "surrogatepass").hex(), flush=True)
