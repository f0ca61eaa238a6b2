"""Functions that keep a record of each run; the Java half has them under the same names."""

from __future__ import print_function

import os
import time

import redis
import rq


def _note(what):
    """Append to the record of the current job and return its length."""
    job = rq.get_current_job()
    ledger = redis.Redis.from_url(os.environ["RQ4J_LEDGER_URL"])
    try:
        return ledger.rpush("ledger:" + job.id, what + " " + os.environ["RQ4J_LEDGER_NAME"])
    finally:
        ledger.connection_pool.disconnect()


def run(millis=0):
    """Run for a while."""
    _note("start")
    time.sleep(millis / 1000.0)
    _note("end")
    return "done"


def boom():
    """Fail."""
    _note("start")
    raise ValueError("boom")
