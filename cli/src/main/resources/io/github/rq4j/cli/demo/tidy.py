"""Deletes the demo's jobs and queues from a Redis that is not its own."""

import os
import sys

from redis import Redis
from rq import Queue
from rq.exceptions import NoSuchJobError
from rq.job import Job

separator = sys.argv.index("--")
queue_names, job_ids = sys.argv[1:separator], sys.argv[separator + 1 :]
connection = Redis.from_url(os.environ["RQ_REDIS_URL"])

for job_id in job_ids:
    try:
        Job.fetch(job_id, connection=connection).delete()
    except NoSuchJobError:
        pass
for name in queue_names:
    Queue(name, connection=connection).delete(delete_jobs=True)
