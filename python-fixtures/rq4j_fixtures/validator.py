"""Tells what RQ's own classes cannot read of what a database holds."""

import json
import re
import sys

import rq
from rq.job import Job

from rq4j_fixtures import releases


def unreadable(connection):
    """Return a text for each key of RQ's that its own classes cannot read, or do not know."""
    found = []
    for raw in sorted(connection.scan_iter("rq:*", count=1000)):
        key = releases.text(raw)
        try:
            _read(key, connection)
        except _GoneError:
            continue
        except Exception as error:  # whatever RQ raises
            found.append("%s: %s: %s" % (key, type(error).__name__, error))
    return found


class _GoneError(Exception):
    """A key that expired between being listed and being read."""


def _read(key, connection):
    kind = releases.text(connection.type(key))
    if kind == "none":
        raise _GoneError
    for pattern, expected, read in _KEYS:
        match = pattern.match(key)
        if match:
            if kind != expected:
                raise TypeError("is a %s, not a %s" % (kind, expected))
            read(connection, match)
            return
    raise ValueError("RQ has no such key")


def _job(connection, match):
    job = Job.fetch(match.group(1), connection=connection)
    job.get_status()
    # On Python 2 RQ cannot write a traceback again that has more than ASCII.
    if hasattr(job, "to_dict") and sys.version_info >= (3,):
        job.to_dict()
    # Fails where a timeout is no number, which restoring lets pass in some releases.
    float(job.timeout or 0)
    webhooks = connection.hget(match.group(0), "webhooks")
    if webhooks:
        # RQ logs what it cannot read of them, and goes on without.
        json.loads(releases.text(webhooks))


def _results(connection, match):
    if releases.VERSION < (1, 12):
        return
    from rq.results import Result
    from rq.serializers import JSONSerializer

    job = Job(match.group(1), connection=connection)
    try:
        results = Result.all(job)
    except Exception:  # whatever unpickling raises
        results = Result.all(job, serializer=JSONSerializer)
    for result in results:
        result.created_at.isoformat()
        if result.exc_string is not None:
            result.exc_string.splitlines()


def _worker(connection, match):
    worker = rq.Worker.find_by_key(match.group(0), connection=connection)
    if worker is None and connection.hexists(match.group(0), "birth"):
        raise ValueError("RQ does not find the worker")
    if worker is not None:
        worker.get_state()
        worker.get_current_job_id()
        worker.queue_names()


def _execution(connection, match):
    if releases.VERSION < (2, 0):
        return
    from rq.executions import Execution

    execution = Execution.fetch(match.group(2), match.group(1), connection=connection)
    execution.created_at.isoformat()
    execution.last_heartbeat.isoformat()


def _executions(connection, match):
    if releases.VERSION < (2, 0):
        return
    from rq.executions import ExecutionRegistry

    ExecutionRegistry(match.group(1), connection=connection).get_execution_ids()


def _started(connection, match):
    for member, _ in _scored(connection, match.group(0)):
        if not re.match(r"[^:]+(:[0-9a-f]{32})?$", member):
            raise ValueError("no entry of a started registry: " + member)


def _scheduler(connection, match):
    if releases.VERSION < (1, 2):
        return
    from rq.scheduler import RQScheduler

    if hasattr(RQScheduler, "fetch"):
        RQScheduler.fetch(match.group(1), connection=connection)


def _cron_scheduler(connection, match):
    try:
        from rq.cron import CronScheduler
    except ImportError:  # before RQ 2.4
        return
    if hasattr(CronScheduler, "fetch"):
        CronScheduler.fetch(match.group(1), connection=connection)


def _scored_ids(connection, match):
    _scored(connection, match.group(0))


def _scored(connection, key):
    return [(releases.text(m), float(s)) for m, s in connection.zrange(key, 0, -1, withscores=True)]


def _ids(connection, match):
    for member in connection.smembers(match.group(0)):
        releases.text(member)


def _listed_ids(connection, match):
    for element in connection.lrange(match.group(0), 0, -1):
        releases.text(element)


def _full_keys(prefix):
    def read(connection, match):
        for member in connection.smembers(match.group(0)):
            if not releases.text(member).startswith(prefix):
                raise ValueError("no key of a %s: %s" % (prefix, releases.text(member)))

    return read


def _value(connection, match):
    releases.text(connection.get(match.group(0)))


def _concurrency(connection, match):
    int(connection.hget(match.group(0), "concurrency"))


_KEYS = [
    # A name may have any characters, the ends of lines among them.
    (re.compile(pattern + r"\Z", re.DOTALL), kind, read)
    for pattern, kind, read in [
        (r"rq:job:([^:]+)", "hash", _job),
        (r"rq:job:([^:]+):dependents", "set", _ids),
        (r"rq:job::([^:]+):dependencies", "set", _ids),
        (r"rq:results:([^:]+)", "stream", _results),
        (r"rq:execution:([^:]+):([0-9a-f]{32})", "hash", _execution),
        (r"rq:executions:([^:]+)", "zset", _executions),
        (r"rq:queues", "set", _full_keys("rq:queue:")),
        (r"rq:queue:(.+):intermediate:first_seen:([^:]+)", "string", _value),
        (r"rq:queue:(.+)", "list", _listed_ids),
        (r"rq:wip:(.+)", "zset", _started),
        (r"rq:(finished|failed|deferred|scheduled|canceled|ready):(.+)", "zset", _scored_ids),
        (r"rq:workers", "set", _full_keys("rq:worker:")),
        (r"rq:workers:(.+)", "set", _full_keys("rq:worker:")),
        (r"rq:worker:([^:]+):executions", "set", _ids),
        (r"rq:worker:[^:]+", "hash", _worker),
        (r"rq:suspended", "string", _value),
        (r"rq:clean_registries:(.+)", "string", _value),
        (r"rq:clean_groups", "string", _value),
        (r"rq:groups", "set", _ids),
        (r"rq:group:(.+)", "set", _ids),
        (r"rq:scheduler-lock:(.+)", "string", _value),
        (r"rq:scheduler:(.+)", "hash", _scheduler),
        (r"rq:cron_schedulers", "zset", _scored_ids),
        (r"rq:cron_scheduler:(.+)", "hash", _cron_scheduler),
        (r"rq:cron_job:(.+):jobs", "zset", _scored_ids),
        (r"rq:cron_jobs", "zset", _scored_ids),
        (r"rq:rl-keys", "set", _ids),
        (r"rq:rl:(.+):(allowed|rate_limited)", "zset", _scored_ids),
        (r"rq:rl:(.+)", "hash", _concurrency),
    ]
]
