"""The Python expressions in requests, and the names that they may use."""

import __future__

import collections
import datetime
import decimal
import fractions
import importlib
import uuid

import rq
from rq.job import Job

from rq4j_fixtures import releases, tasks

# Not every release has all of them.
_RQ_NAMES = ("Callback", "Repeat", "Retry", "Queue", "Worker", "SimpleWorker")


def scope(connection):
    """Return the names that expressions may use."""
    names = {
        "OrderedDict": collections.OrderedDict,
        "Decimal": decimal.Decimal,
        "Fraction": fractions.Fraction,
        "UUID": uuid.UUID,
        "datetime": datetime.datetime,
        "date": datetime.date,
        "time": datetime.time,
        "timedelta": datetime.timedelta,
        "connection": connection,
        "noise": noise,
        "import_module": importlib.import_module,
        "job": lambda job_id: Job.fetch(job_id, connection=connection),
        "queue": lambda name="default", **options: releases.queue(name, connection, **options),
        "rq": rq,
        "tasks": tasks,
    }
    if hasattr(datetime, "timezone"):
        names["timezone"] = datetime.timezone
    for name in _RQ_NAMES:
        if hasattr(rq, name):
            names[name] = getattr(rq, name)
    for module in ("rq.job", "rq.group"):
        try:
            found = vars(importlib.import_module(module))
        except ImportError:
            continue
        names.update((name, found[name]) for name in ("Dependency", "Group") if name in found)
    return names


def noise(size):
    """Return that many bytes, the same each time, which hardly get smaller by compression."""
    block = bytes(bytearray((i * i * 2654435761 >> 13) & 255 for i in range(min(size, 1 << 20))))
    return (block * (size // len(block) + 1))[:size]


def evaluate(expression, names):
    """Return the value of the expression."""
    # Text is Unicode in Python 2 as well.
    flags = __future__.unicode_literals.compiler_flag
    return eval(compile(expression, "<request>", "eval", flags, True), dict(names))


def call_arguments(text, names):
    """Return the arguments, written as between the parentheses of a call."""
    names = dict(names)
    names["_arguments"] = lambda *args, **kwargs: (args, kwargs)
    return evaluate("_arguments(%s)" % text, names)
