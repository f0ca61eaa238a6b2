"""A process that does with RQ what one JSON line on standard input says, and answers with one.

Usage: python -m rq4j_fixtures.driver REDIS_URL

A request is an object with the name of an operation as "op" and its arguments beside it; see the
operations module. The answer is {"result": ...}, or {"error": "Type: message", "trace": ...}. The
process ends with its standard input.
"""

from __future__ import print_function

import json
import os
import sys
import traceback

from rq4j_fixtures.operations import Operations


def main(arguments):
    """Answer requests until there are no more."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    answers = _take_standard_output()
    operations = Operations(arguments[0])
    for line in iter(sys.stdin.readline, ""):
        answers.write(json.dumps(_answer(operations, line)) + "\n")
        answers.flush()
    return 0


def _take_standard_output():
    """Keep standard output for answers alone: what jobs print goes to standard error."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return answers


def _answer(operations, line):
    try:
        request = json.loads(line)
        name = request.pop("op")
        if name.startswith("_") or not hasattr(operations, name):
            raise ValueError("there is no operation %r" % (name,))
        fields = {str(key): value for key, value in request.items()}
        return {"result": getattr(operations, name)(**fields)}
    except Exception as error:
        return {
            "error": "%s: %s" % (type(error).__name__, error),
            "trace": traceback.format_exc(),
        }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
