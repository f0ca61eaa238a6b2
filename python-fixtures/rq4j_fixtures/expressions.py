"""The Python expressions in requests, and the names that they may use."""

import collections
import datetime
import decimal
import fractions
import importlib
import uuid

import rq
from rq.job import Job

from rq4j_fixtures import tasks

# Not every release has all of them.
_RQ_NAMES = ("Callback", "Repeat", "Retry", "Queue", "Worker", "SimpleWorker", "Group")


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
        "import_module": importlib.import_module,
        "job": lambda job_id: Job.fetch(job_id, connection=connection),
        "queue": lambda name="default": rq.Queue(name, connection=connection),
        "rq": rq,
        "tasks": tasks,
    }
    if hasattr(datetime, "timezone"):
        names["timezone"] = datetime.timezone
    for name in _RQ_NAMES:
        if hasattr(rq, name):
            names[name] = getattr(rq, name)
    try:
        from rq.job import Dependency

        names["Dependency"] = Dependency
    except ImportError:
        pass
    return names


def evaluate(expression, names):
    """Return the value of the expression."""
    return eval(expression, dict(names))


def call_arguments(text, names):
    """Return the arguments, written as between the parentheses of a call."""
    names = dict(names)
    names["_arguments"] = lambda *args, **kwargs: (args, kwargs)
    return eval("_arguments(%s)" % text, names)
