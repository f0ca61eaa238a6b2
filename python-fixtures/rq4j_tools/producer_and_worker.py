"""The command line that the programs with a tracing SDK have in common."""

import sys

import redis
from rq import Queue, Worker


def main(producing):
    """Do one of two things.

    enqueue REDIS_URL QUEUE FUNCTION: enqueue a call without arguments, inside what the context
    manager "producing" opens, and print "job" and its id.

    work REDIS_URL QUEUE: run what is queued to its end, each job in a process of its own.
    """
    action, url, name = sys.argv[1:4]
    queue = Queue(name, connection=redis.Redis.from_url(url))
    if action == "enqueue":
        with producing():
            job = queue.enqueue(sys.argv[4])
        print("job", job.id)
    elif action == "work":
        Worker([queue], connection=queue.connection).work(burst=True, logging_level="WARNING")
    else:
        raise SystemExit("neither enqueue nor work: " + action)
