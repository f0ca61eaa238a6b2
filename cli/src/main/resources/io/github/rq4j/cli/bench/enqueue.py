"""Enqueues jobs for some seconds with RQ's own client, and prints how many that were per second."""

import os
import sys
import time

from redis import Redis
from rq import Queue

FUNCTION = "bench_tasks.noop"

batch, seconds = int(sys.argv[1]), float(sys.argv[2])
queue = Queue("bench-0", connection=Redis.from_url(os.environ["RQ_REDIS_URL"]))


def enqueue():
    if batch == 1:
        queue.enqueue(FUNCTION)
    else:
        queue.enqueue_many([Queue.prepare_data(FUNCTION) for _ in range(batch)])


enqueue()
jobs, begin = 0, time.perf_counter()
while time.perf_counter() - begin < seconds:
    enqueue()
    jobs += batch
print(jobs / (time.perf_counter() - begin))
