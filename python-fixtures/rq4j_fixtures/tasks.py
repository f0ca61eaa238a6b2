"""Tiny job functions, one per thing that a job can do."""

from __future__ import print_function, unicode_literals

import datetime
import decimal
import os
import signal
import time
import uuid

import rq

from rq4j_fixtures import releases

try:
    from urllib.request import urlopen
except ImportError:  # Python 2
    from urllib2 import urlopen


def add(x, y=0):
    """Return the sum."""
    return x + y


def echo(value=None):
    """Return the argument."""
    return value


def arguments(*args, **kwargs):
    """Return all arguments, positional and named."""
    return args, kwargs


def nothing():
    """Return None."""


def boom(message="boom"):
    """Raise a ValueError."""
    raise ValueError(message)


def boom_with_cause(message="boom"):
    """Raise a RuntimeError while a KeyError is being handled."""
    try:
        {}["missing"]
    except KeyError:
        raise RuntimeError(message)


class QuotaExceededError(Exception):
    """An error whose constructor wants more than a message."""

    def __init__(self, user, limit):
        """Remember who went over which limit."""
        super(QuotaExceededError, self).__init__(user, limit)
        self.user = user
        self.limit = limit


def over_quota(user="ada", limit=3):
    """Raise an exception of our own."""
    raise QuotaExceededError(user, limit)


def sleep(seconds):
    """Take that many seconds, and return them."""
    time.sleep(seconds)
    return seconds


def exit_process(code=1):
    """End the process that runs the job, as a crash would."""
    os._exit(code)


def kill_process():
    """End the process that runs the job, as the kernel's OOM killer would."""
    os.kill(os.getpid(), signal.SIGKILL)


def shout(text):
    """Write to standard output and return the text in upper case."""
    print(text)
    return text.upper()


def save_meta(**entries):
    """Store the entries in the job's meta, and return the job's id."""
    job = rq.get_current_job()
    job.meta.update(entries)
    releases.save_meta(job)
    return job.id


def mark(**entries):
    """Store the entries in the job's meta."""
    save_meta(**entries)


def current_job():
    """Return the id and the queue of the running job."""
    job = rq.get_current_job()
    return {"id": job.id, "origin": job.origin}


def big(size):
    """Return that many bytes."""
    return b"x" * size


def big_text(size):
    """Return that many characters outside ASCII."""
    return "\u00e9" * size


def unserializable():
    """Return what no serializer can write."""
    return lambda: None


def fail_times(key, times):
    """Raise that often, counting in Redis under the key, then return the number of calls."""
    calls = rq.get_current_job().connection.incr(key)
    if calls <= times:
        raise ValueError("call %d of %d that fail" % (calls, times))
    return calls


def record(key, item):
    """Append the item to a list in Redis that this process has for itself, under the key."""
    rq.get_current_job().connection.rpush("%s:%d" % (key, os.getpid()), item)


def record_anywhere(key, item):
    """Do the same; a worker in another language has a function of this name as well."""
    record(key, item)


def ask_again(most, interval=0):
    """Ask for another run of the job."""
    return rq.Retry(max=most, interval=interval)


def count_words_at_url(url):
    """Return how many words the page has."""
    response = urlopen(url, timeout=10)
    try:
        return len(response.read().decode("utf-8").split())
    finally:
        response.close()


def types():
    """Return one value of each type that programs usually pass around."""
    return {
        "none": None,
        "true": True,
        "int": 42,
        "big_int": 2**100,
        "float": 1.5,
        "complex": 1 + 2j,
        "text": "\u4f60\u597d, w\u00f6rld",
        "bytes": b"\x00\xff",
        "bytearray": bytearray(b"\x00\xff"),
        "list": [1, [2, [3]]],
        "tuple": (1, (2, (3,))),
        "set": {1, 2, 3},
        "frozenset": frozenset([1, 2, 3]),
        "date": datetime.date(2024, 2, 29),
        "time": datetime.time(23, 59, 59, 999999),
        "datetime": datetime.datetime(2024, 2, 29, 12, 30, 15, 123456),
        "timedelta": datetime.timedelta(days=-1, seconds=5, microseconds=7),
        "decimal": decimal.Decimal("1.10"),
        "uuid": uuid.UUID("12345678-1234-5678-1234-567812345678"),
    }


def aware_datetime():
    """Return a datetime with a time zone."""
    return datetime.datetime(2024, 2, 29, 12, 30, tzinfo=datetime.timezone.utc)


def shared_and_cyclic():
    """Return a list that holds one list twice, and itself."""
    shared = [1, 2]
    whole = [shared, shared]
    whole.append(whole)
    return whole


class Counter(object):
    """An object whose methods are jobs."""

    def __init__(self, start=0):
        """Begin to count at the given number."""
        self.value = start

    def __eq__(self, other):
        """Tell whether the other counter stands at the same number."""
        return isinstance(other, Counter) and self.value == other.value

    def __ne__(self, other):
        """Tell whether the other counter stands elsewhere."""
        return not self == other

    __hash__ = None

    def __repr__(self):
        """Show the number."""
        return "Counter(%r)" % (self.value,)

    def increment(self, by=1):
        """Count on, and return the new number."""
        self.value += by
        return self.value

    @staticmethod
    def twice(x):
        """Return the double."""
        return 2 * x

    @classmethod
    def name(cls):
        """Return the name of the class."""
        return cls.__name__


def decorated(x):
    """Return the double; a job by RQ's decorator, see the operations."""
    return 2 * x


def note_success(job, connection, result, *args, **kwargs):  # noqa: ARG001
    """Record, as a success callback, what the job returned."""
    connection.set("rq4j:success:" + job.id, repr(result))


def note_failure(job, connection, exc_type, exc_value, traceback):  # noqa: ARG001
    """Record, as a failure callback, what the job raised."""
    connection.set("rq4j:failure:" + job.id, "%s: %s" % (exc_type.__name__, exc_value))


def remember(job, connection, *outcome):  # noqa: ARG001
    """Keep in the meta, as a callback, where the job stands and what it returned or raised."""
    status = job.get_status()
    told = outcome[0] if len(outcome) == 1 else "%s" % (outcome[1],)
    job.meta["remembered"] = [getattr(status, "value", status), told]
    job.save_meta()


def fail_in_callback(*args):  # noqa: ARG001
    """Raise, as a callback of any kind."""
    raise ValueError("in the callback")


def again(times, interval=0):
    """Ask for more runs, at most that many."""
    return rq.Retry(max=times, interval=interval)


def stop_me():
    """Have the running job stopped."""
    from rq.command import send_stop_job_command

    job = rq.get_current_job()
    send_stop_job_command(job.connection, job.id)
    time.sleep(30)


def kill_me():
    """Have the process that runs the job killed."""
    from rq.command import send_kill_horse_command

    job = rq.get_current_job()
    send_kill_horse_command(job.connection, job.worker_name)
    time.sleep(30)
