"""What the driver can be asked for, done through RQ's own public classes.

Each operation takes the fields of a request as keyword arguments and returns what JSON can carry.
"""

import os
import platform

import redis
import rq
from rq.job import Job

from rq4j_fixtures import comparison, expressions, golden, mixture, releases, tasks, validator

_REGISTRIES = ("started", "finished", "failed", "deferred", "scheduled", "canceled")
_TIMES = ("created_at", "enqueued_at", "started_at", "ended_at", "last_heartbeat")
_PLAIN = (
    "id",
    "origin",
    "description",
    "timeout",
    "result_ttl",
    "failure_ttl",
    "ttl",
    "worker_name",
    "retries_left",
    "retry_intervals",
    "exc_info",
)
_WORKER_PLAIN = (
    "name",
    "hostname",
    "pid",
    "version",
    "python_version",
    "ip_address",
    "successful_job_count",
    "failed_job_count",
    "total_working_time",
)
_WORKER_TIMES = ("birth_date", "last_heartbeat")


class Operations(object):
    """The operations on one Redis database."""

    def __init__(self, url):
        """Connect when the first operation needs it."""
        self._connection = releases.connect(url)
        self._names = expressions.scope(self._connection)

    def hello(self):
        """Tell who answers."""
        return {
            "rq": rq.VERSION,
            "redis": redis.__version__,
            "python": platform.python_version(),
            "pid": os.getpid(),
        }

    def enqueue(
        self,
        function=None,
        callable=None,  # noqa: A002 - the natural word on the wire
        arguments="",
        options="",
        queue="default",
        serializer=None,
    ):
        """Enqueue a function by its name, or a callable given as an expression; return the id.

        The arguments and the options of the job are written as between the parentheses of a call.
        The options "enqueue_at" and "enqueue_in" choose the method of that name.
        """
        what = function if callable is None else self._evaluate(callable)
        args, kwargs = expressions.call_arguments(arguments, self._names)
        _, named = expressions.call_arguments(options, self._names)
        target = rq.Queue(queue, connection=self._connection, **_chosen(serializer))
        when = [(name, named.pop(name)) for name in ("enqueue_at", "enqueue_in") if name in named]
        if when:
            method, moment = when[0]
            job = getattr(target, method)(moment, what, args=args, kwargs=kwargs, **named)
        else:
            job = releases.enqueue(target, what, args, kwargs, named)
        return job.id

    def job(self, id, serializer=None):  # noqa: A002
        """Return what RQ reads of a job."""
        job = self._fetch(id, serializer)
        seen = {name: getattr(job, name, None) for name in _PLAIN}
        seen["exc_info"] = releases.text(seen["exc_info"])
        for name in _TIMES:
            seen[name] = _time(getattr(job, name, None))
        seen["status"] = _state(job.get_status())
        seen["meta"] = _value(job.meta)
        seen["return_value"] = _value(releases.return_value(job))
        seen["latest_result"] = _latest_result(job)
        seen["dependency_ids"] = [releases.text(i) for i in releases.dependency_ids(job)]
        seen["seconds_to_live"] = {
            "job": self._connection.ttl(job.key),
            "results": self._connection.ttl("rq:results:" + job.id),
        }
        return seen

    def call(self, id, serializer=None):  # noqa: A002
        """Return the call that a job stands for."""
        job = self._fetch(id, serializer)
        return {
            "function": job.func_name,
            "instance": _value(job.instance),
            "args": _value(job.args),
            "kwargs": _value(job.kwargs),
        }

    def exists(self, id):  # noqa: A002
        """Tell whether there is such a job."""
        return bool(Job.exists(id, connection=self._connection))

    def difference(self, id, field, expected, serializer=None):  # noqa: A002
        """Compare a field of a job with an expression; return where they differ, or None.

        The fields are those of RQ's job: "return_value", "args", "kwargs", "meta", "instance".
        """
        job = self._fetch(id, serializer)
        actual = releases.return_value(job) if field == "return_value" else getattr(job, field)
        return comparison.difference(self._evaluate(expected), actual)

    def eval(self, expression):
        """Return the value of an expression."""
        return _value(self._evaluate(expression))

    def delete(self, id):  # noqa: A002
        """Delete a job."""
        self._fetch(id).delete()

    def cancel(self, id):  # noqa: A002
        """Cancel a job."""
        self._fetch(id).cancel()

    def requeue(self, id):  # noqa: A002
        """Put a failed job back into its queue."""
        releases.requeue(self._fetch(id), self._connection)

    def registries(self, queue="default"):
        """Return the ids of the jobs in a queue and in each of its registries."""
        source = rq.Queue(queue, connection=self._connection)
        found = {"queued": source.get_job_ids()}
        for name in _REGISTRIES:
            registry = getattr(source, name + "_job_registry", None)
            if registry is not None:
                found[name] = [_job_id(entry) for entry in registry.get_job_ids()]
        if "failed" not in found:
            found["failed"] = [releases.text(entry) for entry in releases.failed_job_ids(source)]
        return found

    def workers(self):
        """Return what RQ knows of every worker."""
        return [self._worker(worker) for worker in rq.Worker.all(connection=self._connection)]

    def capture(self):
        """Run jobs of each kind, and return what they leave in an empty database."""
        return golden.capture(self._connection)

    def unreadable(self):
        """Return what RQ's own classes cannot read of what the database holds."""
        return validator.unreadable(self._connection)

    def enqueue_mixture(self, count, prefix, queue="default"):
        """Enqueue that many jobs of different kinds; return the ids."""
        return mixture.enqueue(rq.Queue(queue, connection=self._connection), count, prefix)

    def mistakes_in_mixture(self, ids):
        """Return what became of the jobs of a mixture against what should have."""
        return mixture.mistakes(ids, self._connection)

    def delay(self, arguments, queue="default"):
        """Enqueue a function through the decorator "job"; return the id."""
        from rq.decorators import job

        decorated = job(queue, connection=self._connection)(tasks.decorated)
        args, kwargs = expressions.call_arguments(arguments, self._names)
        return decorated.delay(*args, **kwargs).id

    def enqueue_scheduled(self, queue="default"):
        """Do once what RQ's scheduler does again and again."""
        from rq.scheduler import RQScheduler

        scheduler = RQScheduler([queue], connection=self._connection)
        scheduler.acquire_locks()
        try:
            scheduler.enqueue_scheduled_jobs()
        finally:
            if hasattr(scheduler, "release_locks"):  # RQ 1.6 on; before, they expire
                scheduler.release_locks()

    def work_burst(
        self,
        queues=("default",),
        max_jobs=None,
        with_scheduler=False,
        forking=False,
        serializer=None,
    ):
        """Run jobs until the queues are empty; tell whether there was one.

        They run in this process, or in one each where "forking" is set.
        """
        chosen = _chosen(serializer)
        sources = [rq.Queue(name, connection=self._connection, **chosen) for name in queues]
        if forking or chosen:
            kind = rq.Worker if forking else rq.SimpleWorker
            worker = kind(sources, connection=self._connection, **chosen)
        else:
            worker = releases.simple_worker(sources, self._connection)
        options = {"burst": True}
        if max_jobs is not None:
            options["max_jobs"] = max_jobs
        if with_scheduler:
            options["with_scheduler"] = True
        return bool(worker.work(**options))

    def _fetch(self, job_id, serializer=None):
        return Job.fetch(job_id, connection=self._connection, **_chosen(serializer))

    def _evaluate(self, expression):
        return expressions.evaluate(expression, self._names)

    def _worker(self, worker):
        seen = {name: releases.text(getattr(worker, name, None)) for name in _WORKER_PLAIN}
        for name in _WORKER_TIMES:
            seen[name] = _time(getattr(worker, name, None))
        seen["state"] = _state(worker.get_state())
        seen["current_job_id"] = releases.text(worker.get_current_job_id())
        seen["queues"] = [releases.text(name) for name in worker.queue_names()]
        return seen


def _chosen(serializer):
    """Leave the choice to RQ, whose older releases know no other, unless one is named."""
    if serializer is None:
        return {}
    from rq.serializers import resolve_serializer

    names = {
        "json": "rq.serializers.JSONSerializer",
        "pickle": "rq.serializers.DefaultSerializer",
    }
    return {"serializer": resolve_serializer(names.get(serializer, serializer))}


def _latest_result(job):
    """Return the newest entry of the result stream, which exists since RQ 1.12."""
    if not hasattr(job, "latest_result"):
        return None
    result = job.latest_result()
    if result is None:
        return None
    return {
        "type": result.type.name,
        "created_at": _time(result.created_at),
        "exc_string": result.exc_string,
        "return_value": _value(result.return_value),
        "worker_name": getattr(result, "worker_name", None),
    }


def _value(value):
    return {"repr": repr(value), "type": type(value).__name__}


def _state(state):
    """Return the text of a status, which is an enumeration in newer releases."""
    return releases.text(getattr(state, "value", state))


def _time(moment):
    """Return a moment in UTC, which newer releases of RQ say of it and older ones only mean."""
    return None if moment is None else moment.replace(tzinfo=None).isoformat() + "Z"


def _job_id(entry):
    """Return the id in a started registry's entry, which RQ 2.0 and 2.1 leave composite."""
    return releases.text(entry).split(":")[0]
