"""Many jobs of different kinds at once, and the look at what became of them."""

from __future__ import unicode_literals

from rq.job import Job

from rq4j_fixtures import comparison, releases

# What a job of each kind is called with, and what it returns.
_KINDS = [
    ("echo", lambda i: (i,), lambda i: i),
    ("echo", lambda i: ("\u00e9 %d" % i,), lambda i: "\u00e9 %d" % i),
    ("add", lambda i: (i, 1), lambda i: i + 1),
    ("echo", lambda i: ([i, {"i": i}],), lambda i: [i, {"i": i}]),
]
_FAILURE = ("boom", lambda i: ("kaput %d" % i,), None)


def _kind(i):
    return _FAILURE if i % 50 == 3 else _KINDS[i % len(_KINDS)]


def enqueue(target, count, prefix):
    """Enqueue that many jobs, their functions named with the prefix; return the ids."""
    ids = []
    for i in range(count):
        name, arguments, _ = _kind(i)
        ids.append(target.enqueue(prefix + name, *arguments(i)).id)
    return ids


def mistakes(ids, connection):
    """Return what is not as it must be once all of them have run, as texts."""
    found = []
    for i, job_id in enumerate(ids):
        job = Job.fetch(job_id, connection=connection)
        expected = _kind(i)[2]
        status = releases.text(getattr(job.get_status(), "value", job.get_status()))
        if expected is None:
            failed = status == "failed" and "kaput %d" % i in releases.text(job.exc_info)
            problem = None if failed else "did not fail as it should: %s" % status
        elif status != "finished":
            problem = status
        else:
            problem = comparison.difference(expected(i), releases.return_value(job))
        if problem is not None:
            found.append("%s (%d): %s" % (job_id, i, problem))
    return found
