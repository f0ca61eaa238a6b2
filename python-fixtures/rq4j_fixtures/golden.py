"""Has RQ do a little of everything, and tells what that left in Redis.

What differs from run to run is made equal: ids, moments, what names the machine, and where files
lie.
"""

from __future__ import unicode_literals

import base64
import json
import re
import time
import zlib

import rq
from rq.job import Job

from rq4j_fixtures import releases, tasks

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_FRACTION = re.compile(r"\.\d{6}Z")
_ID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
_PLACE = re.compile(r'  File "[^"]*", line \d+, in (\S+)\n(?:    .*\n)*')
_OF_THE_MACHINE = {
    "hostname",
    "pid",
    "ip_address",
    "python_version",
    "total_working_time",
    "current_job_working_time",
    "execution_started_at",
    "execution_ended_at",
}


def capture(connection):
    """Return as JSON the keys that some jobs and the worker that ran them leave."""
    names = _run(connection)
    now = time.time()
    keys = {}
    for raw in connection.scan_iter("rq:*", count=1000):
        key = releases.text(raw)
        keys[_renamed(key, names)] = _content(connection, key, now, names)
    return json.dumps(keys, sort_keys=True, indent=1, separators=(",", ": ")) + "\n"


def _run(connection):
    """Run jobs of each kind; return the names that stand for their ids."""
    queue = rq.Queue("golden", connection=connection)
    echoed = queue.enqueue(tasks.echo, {"\u00e9": [1, 2.5, None, b"\xff", 2**70]})
    failed = queue.enqueue(tasks.boom, "kaput \u00e9")
    nothing = queue.enqueue(tasks.nothing)
    saved = releases.enqueue(queue, tasks.mark, (), {"b": 2}, {"meta": {"a": "\u4f60"}})
    method = queue.enqueue(tasks.Counter(3).increment, by=2)
    kept = releases.enqueue(queue, tasks.add, (1,), {"y": 2}, {"result_ttl": -1})
    child = queue.enqueue_call(tasks.add, args=(1,), depends_on=Job.fetch(failed.id, connection))
    names = {}
    for name, job in [
        ("echoed", echoed),
        ("failed", failed),
        ("nothing", nothing),
        ("saved", saved),
        ("method", method),
        ("kept", kept),
        ("child", child),
    ]:
        names[job.id] = name
    worker = releases.simple_worker([queue], connection)
    worker.work(burst=True)
    names[worker.name] = "worker"
    waiting = queue.enqueue(tasks.add, 3, y=4)
    names[waiting.id] = "waiting"
    return names


def _content(connection, key, now, names):
    kind = releases.text(connection.type(key))
    ttl = connection.ttl(key)
    if kind == "hash":
        content = _fields(connection.hgetall(key), names)
    elif kind == "list":
        content = [_shown("", item, names) for item in connection.lrange(key, 0, -1)]
    elif kind == "set":
        content = sorted(_shown("", item, names) for item in connection.smembers(key))
    elif kind == "zset":
        content = {
            _shown("", member, names): _score(score, now)
            for member, score in connection.zrange(key, 0, -1, withscores=True)
        }
    elif kind == "stream":
        entries = connection.execute_command("XRANGE", key, "-", "+")
        content = [_entry(entry, names) for entry in entries]
    else:
        content = _shown("", connection.get(key), names)
    expires = None if ttl is None or ttl < 0 else _rounded(ttl)
    return {"type": kind, "expires": expires, "content": content}


def _entry(entry, names):
    fields = entry[1]
    if isinstance(fields, list):
        fields = dict(zip(fields[::2], fields[1::2]))
    return _fields(fields, names)


def _fields(fields, names):
    decoded = {releases.text(name): value for name, value in fields.items()}
    return {name: _shown(name, value, names) for name, value in decoded.items()}


def _shown(field, value, names):
    """Return text as it is, and other bytes as an object that holds them in base64."""
    if field in _OF_THE_MACHINE:
        return "..."
    if field == "exc_info":
        value = _traceback(value)
    elif field == "exc_string":
        value = base64.b64encode(_traceback(base64.b64decode(value)))
    try:
        text = value.decode("utf-8") if isinstance(value, bytes) else value
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(value).decode("ascii")}
    if field in ("data", "result", "meta", "return_value", "exc_string"):
        return {"base64": base64.b64encode(text.encode("utf-8")).decode("ascii")}
    return _renamed(text, names)


def _traceback(value):
    """Take out of a traceback where files lie and what stands there."""
    try:
        return zlib.compress(_anywhere(zlib.decompress(value)))
    except zlib.error:
        return _anywhere(value)


def _anywhere(value):
    text = value.decode("utf-8")
    return _PLACE.sub(r'  File "...", line 1, in \1\n', text).encode("utf-8")


def _renamed(text, names):
    for known, name in names.items():
        text = text.replace(known, name)
    text = _FRACTION.sub(".000000Z", _MOMENT.sub("2000-01-01T00:00:00", text))
    return _ID.sub("an-id", text)


def _score(score, now):
    return repr(score) if score < 1e9 or score == float("inf") else "now+%s" % _rounded(score - now)


def _rounded(seconds):
    """Return seconds that are the same in the next run."""
    return int((seconds + 50) // 100) * 100
