"""Records calls of a program's own functions as RQ would store them.

Usage: rq4j-record MODULE:NAME --out DIR [--serializer NAME]

NAME is a function that is given one argument, which it calls as it would call a queue's enqueue:

    def samples(enqueue):
        enqueue(tasks.total, [17, 4], currency="EUR")

Nothing is enqueued: the calls go to DIR/MODULE.NAME.jsonl, a JSON object on each line with the
texts "call", as RQ describes the call, and "data", the field of that name of RQ's job hash in
base64. The same calls on the same Python and RQ yield the same file.
"""

from __future__ import print_function

import argparse
import base64
import importlib
import io
import json
import os
import sys

import redis
from rq.job import Job


class Recorder(object):
    """Takes calls in place of a queue."""

    def __init__(self, serializer=None):
        """Begin with no call; without a serializer it is RQ's own choice."""
        self.lines = []
        # Nobody connects: older releases of RQ want one to make a job.
        self._options = {"connection": redis.Redis()}
        if serializer is not None:
            from rq.serializers import resolve_serializer

            self._options["serializer"] = resolve_serializer(serializer)

    def __call__(self, function, *args, **kwargs):
        """Record a call of the function, which may be given by its name."""
        job = Job.create(function, args=args, kwargs=kwargs, **self._options)
        data = base64.b64encode(job.to_dict()["data"]).decode("ascii")
        # Python 2 has the description as bytes.
        line = json.dumps({"call": job.get_call_string(), "data": data}, sort_keys=True)
        self.lines.append(line)


def record(samples, directory, serializer=None):
    """Record what the function "module:name" calls, and return the file that was written."""
    module, _, name = samples.partition(":")
    if not module or not name:
        raise ValueError("samples are named as MODULE:NAME, not %r" % (samples,))
    recorder = Recorder(_SERIALIZERS.get(serializer, serializer))
    getattr(importlib.import_module(module), name)(recorder)
    if not recorder.lines:
        raise ValueError("%s made no call" % (samples,))
    if not os.path.isdir(directory):
        os.makedirs(directory)
    path = os.path.join(directory, "%s.%s.jsonl" % (module, name))
    with io.open(path, "wb") as out:
        out.write(("\n".join(recorder.lines) + "\n").encode("ascii"))
    return path, len(recorder.lines)


_SERIALIZERS = {
    "json": "rq.serializers.JSONSerializer",
    "pickle": "rq.serializers.DefaultSerializer",
}


def main(arguments=None):
    """Run the command, by default with the arguments of this process."""
    parser = argparse.ArgumentParser(
        prog="rq4j-record", description="Records calls as RQ would store them."
    )
    parser.add_argument("samples", metavar="MODULE:NAME", help="the function that makes the calls")
    parser.add_argument("--out", required=True, metavar="DIR", help="where the file goes")
    parser.add_argument(
        "--serializer", metavar="NAME", help="pickle, json, or the dotted name of one's own"
    )
    options = parser.parse_args(arguments)
    # As "python -m" does; an installed command has its own folder there.
    sys.path.insert(0, os.getcwd())
    path, count = record(options.samples, options.out, options.serializer)
    print("%d calls in %s" % (count, path))
    return 0


if __name__ == "__main__":
    sys.exit(main())
