"""Shows what became of jobs through RQ's own client, and writes the same down as JSON."""

import json
import os
import sys

from redis import Redis
from rq.job import Job

report_file, *job_ids = sys.argv[1:]
connection = Redis.from_url(os.environ["RQ_REDIS_URL"])
report = []

for job_id in job_ids:
    job = Job.fetch(job_id, connection=connection)
    status = job.get_status().value
    result = job.latest_result()
    exc_string = result.exc_string if result else None
    waited = (job.started_at - job.enqueued_at).total_seconds()
    ran = (job.ended_at - job.started_at).total_seconds()

    print(f"{job.id}: {status}, waited {waited:.3f} s, ran {ran:.3f} s")
    if exc_string:
        lines = exc_string.splitlines()
        print(f"    latest_result().exc_string, the last of {len(lines)} lines:")
        for line in lines[-3:]:
            print(f"        {line}")
    else:
        print(f"    return_value(): {job.return_value()!r}")

    report.append(
        {
            "call": job.description,
            "status": status,
            "return_value": repr(job.return_value()),
            "exc_string": exc_string or "",
        }
    )

with open(report_file, "w", encoding="utf-8") as file:
    json.dump(report, file)
