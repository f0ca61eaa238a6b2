"""Enqueues jobs with RQ's own client, and prints how many that were per second.

Arguments: how many jobs are enqueued at once, how many rounds of a second are for warming up, and how many count after
them. After each round the database is emptied. EnqueueProgram.java has the same for Java.
"""

import os
import sys
import time

from redis import Redis
from rq import Queue

FUNCTION = "bench_tasks.noop"

batch, warm_up, rounds = map(int, sys.argv[1:])
connection = Redis.from_url(os.environ["RQ_REDIS_URL"])
queue = Queue("bench-0", connection=connection)


def enqueue():
    if batch == 1:
        queue.enqueue(FUNCTION)
    else:
        queue.enqueue_many([Queue.prepare_data(FUNCTION) for _ in range(batch)])


jobs, seconds = 0, 0.0
for number in range(-warm_up, rounds):
    done, begin = 0, time.perf_counter()
    while time.perf_counter() - begin < 1:
        enqueue()
        done += batch
    if number >= 0:
        jobs, seconds = jobs + done, seconds + time.perf_counter() - begin
    connection.flushdb()
print(jobs / seconds)
