"""Jobs that tell who ran when, and a producer that competes with another."""

import os
import sys
import time

from redis import Redis
from rq import Queue
from rq.exceptions import DuplicateJobError
from rq.rate_limit import RateLimit


def connect():
    """Return a connection to the database under test."""
    return Redis.from_url(os.environ["RQ_REDIS_URL"])


def run(name):
    """Record that the job ran, and how many ran at that moment."""
    connection = connect()
    connection.rpush("test:together", connection.incr("test:running"))
    time.sleep(0.01)
    connection.rpush("test:ran", name)
    connection.decr("test:running")
    return name


def produce_unique(count):
    """Try to enqueue jobs that somebody else enqueues, too; print how many were new."""
    queue, new = Queue("unique", connection=connect()), 0
    for i in range(count):
        try:
            queue.enqueue("contention.run", str(i), job_id="u%d" % i, unique=True)
            new += 1
        except DuplicateJobError:
            continue
    print(new)


def produce_limited(count):
    """Enqueue jobs under a rate limit."""
    queue = Queue("default", connection=connect())
    for i in range(count):
        queue.enqueue("contention.run", "p%d" % i, rate_limit=RateLimit("k", 2))


def produce_plain(count):
    """Enqueue jobs."""
    queue = Queue("default", connection=connect())
    for i in range(count):
        queue.enqueue("contention.run", "p%d" % i)


if __name__ == "__main__":
    globals()[sys.argv[1]](int(sys.argv[2]))
