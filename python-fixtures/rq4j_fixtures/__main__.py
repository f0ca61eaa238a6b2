"""Runs a command of this package: python -m rq4j_fixtures record MODULE:NAME --out DIR."""

import sys

from rq4j_fixtures import record

_COMMANDS = {"record": record.main}


def main(arguments):
    """Run the command that the first argument names."""
    if not arguments or arguments[0] not in _COMMANDS:
        sys.stderr.write("usage: python -m rq4j_fixtures {record} ...\n")
        return 2
    return _COMMANDS[arguments[0]](arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
