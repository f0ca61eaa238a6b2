"""Enqueues jobs for Java with RQ's own client.

The functions exist in Java only, so they are given by name, as RQ allows.
"""

import os
import sys
from datetime import datetime, timezone

from redis import Redis
from rq import Queue

queue_name, run, page = sys.argv[1:]
queue = Queue(queue_name, connection=Redis.from_url(os.environ["RQ_REDIS_URL"]))

reading = {
    "station": {"name": "Hohe Warte", "altitude": 198},
    "taken": datetime(2026, 11, 22, 3, 0, tzinfo=timezone.utc),
    "serial": 2**100,
    "raw": b"\x00\x7f\xff",
    "levels": [0.5, -1.25],
}

jobs = [
    queue.enqueue("tasks.count_words_at_url", page, job_id=f"words-{run}"),
    queue.enqueue("tasks.greet", "Ada", greeting="Servus", times=2, job_id=f"greet-{run}"),
    queue.enqueue("tasks.next_reading", reading, job_id=f"reading-{run}"),
    queue.enqueue("tasks.divide", 1, 0, job_id=f"divide-{run}"),
    queue.enqueue("tasks.forget", "everything", job_id=f"forget-{run}"),
    queue.enqueue("tasks.nap", 60, job_timeout=3, job_id=f"nap-{run}"),
]
for job in jobs:
    print(f"{job.origin}: {job.description} ({job.id})")
