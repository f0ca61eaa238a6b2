"""What older releases of RQ and redis-py spell otherwise, each difference once."""

import redis
import rq
from rq.job import Job

VERSION = tuple(int(part) for part in rq.VERSION.split(".")[:2])


def connect(url):
    """Return a connection; the class "Redis" has old orders of arguments before redis-py 3."""
    connection = getattr(redis, "StrictRedis", redis.Redis).from_url(url)
    if VERSION < (0, 8):
        # Jobs ask for themselves through it.
        rq.use_connection(connection)
    return connection


def queue(name, connection, **options):
    """Return a queue; "is_async" was "async" before RQ 0.12."""
    if VERSION < (0, 12) and "is_async" in options:
        options["async"] = options.pop("is_async")
    return rq.Queue(name, connection=connection, **options)


def simple_worker(queues, connection):
    """Return a worker that runs jobs in this process, which RQ 0.4 does not have."""
    return getattr(rq, "SimpleWorker", rq.Worker)(queues, connection=connection)


def enqueue(target, what, args, kwargs, options):
    """Enqueue with the options of today, as far as the release has them under any name."""
    if VERSION < (0, 13) and "job_timeout" in options:
        options["timeout"] = options.pop("job_timeout")
    parent = options.get("depends_on")
    if VERSION < (1, 8) and parent is not None and not isinstance(parent, Job):
        options["depends_on"] = Job.fetch(parent, connection=target.connection)
    if VERSION < (0, 6) and "meta" in options:
        return _enqueue_with_meta(target, what, args, kwargs, options)
    return target.enqueue(what, args=args, kwargs=kwargs, **options)


def _enqueue_with_meta(target, what, args, kwargs, options):
    meta = options.pop("meta")
    connection = target.connection
    job = Job.create(what, args, kwargs, connection=connection, status="queued", **options)
    job.meta = meta
    return target.enqueue_job(job)


def save_meta(job):
    """Store the meta of a job; before RQ 0.8 only all of the job can be stored."""
    getattr(job, "save_meta", job.save)()


def requeue(job, connection):
    """Put a failed job back into its queue."""
    if hasattr(rq, "get_failed_queue"):
        rq.get_failed_queue(connection).requeue(job.id)
    else:
        job.requeue()


def failed_job_ids(target):
    """Return the ids of the failed jobs: of the queue, before RQ 1.0 of all queues."""
    if hasattr(rq, "get_failed_queue"):
        return rq.get_failed_queue(target.connection).get_job_ids()
    from rq.registry import FailedJobRegistry

    return FailedJobRegistry(target.name, connection=target.connection).get_job_ids()


def return_value(job):
    """Return a job's result: a method since RQ 1.12, a property before."""
    value = job.return_value
    return value() if callable(value) else value


def dependency_ids(job):
    """Return the ids of a job's parents, of which there is one before RQ 1.8."""
    many = getattr(job, "_dependency_ids", None)
    if many is not None:
        return many
    one = getattr(job, "_dependency_id", None)
    return [one] if one else []


def text(value):
    """Return as text what is bytes in some releases."""
    return value.decode("utf-8") if isinstance(value, bytes) else value
