"""Enqueues the jobs of a workload with RQ's own client, in batches by enqueue_many."""

import os
import random
import sys

from redis import Redis
from rq import Queue

BATCH = 1000

function, argument, count, chain, names = sys.argv[1:]
count, chain = int(count), int(chain)
connection = Redis.from_url(os.environ["RQ_REDIS_URL"])
queues = [Queue(name, connection=connection) for name in names.split(",")]


def arguments():
    kind, _, value = argument.partition(":")
    if kind == "text":
        return (random.Random(7).randbytes(int(value) // 2).hex(),)
    return (float(value),) if kind else ()


args = arguments()


def prepared(number):
    """Jobs of a chain have numbers that follow each other; each waits for the one before it."""
    waits = number % chain != 0
    return Queue.prepare_data(
        function,
        args=args,
        job_id=f"job-{number}",
        depends_on=f"job-{number - 1}" if waits else None,
    )


# A job has to be there before another can wait for it, so those at the same place of all chains come together.
numbers = [number for place in range(chain) for number in range(place, count, chain)]
for index, queue in enumerate(queues):
    mine = numbers[index :: len(queues)]
    for start in range(0, len(mine), BATCH):
        queue.enqueue_many([prepared(number) for number in mine[start : start + BATCH]])
