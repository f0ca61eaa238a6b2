"""Where the time of a worker's start goes, by the clock: phases, and whose classes were loaded meanwhile.

No profiler sees Java code before it is compiled, and most of what a start runs never is. But new code means
new classes, and the JVM tells when it loads each. So the time up to a class counts for the code that it
belongs to; the first class of a phase begins it.
"""

import os
import re
import statistics
import subprocess
import time

# What is loaded first in a phase, in the order of time.
PHASES = [
    ('java.lang.Object', '2 the JVM'),
    ('io.github.rq4j.cli.Main', '3 the command line is read'),
    ('io.github.rq4j.cli.console.LogOutput', '4 the worker is made'),
    ('redis.clients.jedis.ProtocolHandshake', '5 it connects and registers'),
    ('io.github.rq4j.worker.RedisLock', '6 it cleans registries and loads scripts'),
    ('io.github.rq4j.worker.WorkerScripts$FreeSlot', '7 it claims the job'),
    ('io.github.rq4j.client.wire.StoredJob', '8 the job runs and is stored'),
]
LAUNCHER = '1 the script, java'
TICKS = 100  # per millisecond
# Prefixes of class names: what they belong to, and its kind in the legend.
OWNERS = [
    ('io.github.rq4j.', 'rq4j', 'rq4j'),
    ('picocli.', 'the parser of options, picocli', 'java'),
    ('redis.clients.', 'the Redis client, Jedis', 'java'),
    ('org.apache.commons.pool2', 'the Redis client, its pool', 'java'),
    ('ch.qos.logback', 'the log', 'java'),
    ('org.slf4j', 'the log', 'java'),
    ('java.lang.invoke', 'lambdas', 'jdk'),
    ('jdk.internal.org.objectweb.asm', 'lambdas', 'jdk'),
    ('sun.invoke', 'lambdas', 'jdk'),
    ('jdk.proxy', 'annotations and reflection', 'jdk'),
    ('com.sun.proxy', 'annotations and reflection', 'jdk'),
    ('java.lang.annotation', 'annotations and reflection', 'jdk'),
    ('java.lang.reflect', 'annotations and reflection', 'jdk'),
    ('jdk.internal.reflect', 'annotations and reflection', 'jdk'),
    ('sun.reflect', 'annotations and reflection', 'jdk'),
    ('java.util.zip', 'class path: jars and resources', 'jdk'),
    ('java.util.jar', 'class path: jars and resources', 'jdk'),
    ('jdk.internal.loader', 'class path: jars and resources', 'jdk'),
    ('jdk.internal.jimage', 'class path: jars and resources', 'jdk'),
    ('sun.net.www', 'class path: jars and resources', 'jdk'),
    ('java.security', 'random numbers and digests', 'jdk'),
    ('sun.security', 'random numbers and digests', 'jdk'),
    ('java.net', 'network', 'jdk'),
    ('sun.nio.ch', 'network', 'jdk'),
    ('java.time', 'dates and times', 'jdk'),
    ('java.util.regex', 'regular expressions', 'jdk'),
    ('', 'other classes of the JDK', 'jdk'),
]
LINE = re.compile(r'^\[(\d+)ms\]\[(\d+)ns\] (\S+) source: ')


def start(command, environment, log, is_finished):
    """Starts a worker and waits for its job: milliseconds until then, until the JVM began, and its classes."""
    options = environment.get('JAVA_OPTS', '') + ' -Xlog:class+load=info:file=%s:timemillis,uptimenanos' % log
    began = time.time()
    with subprocess.Popen(command, env=dict(environment, JAVA_OPTS=options), stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL) as process:
        while not is_finished() and process.poll() is None:
            time.sleep(0.001)
        finished = time.time()
    if process.returncode != 0 or not is_finished():
        raise RuntimeError('the worker ended with exit code %s' % process.returncode)
    with open(log, encoding='utf-8') as file:
        lines = [match for match in map(LINE.match, file) if match]
    os.remove(log)
    classes = [(int(line[2]) / 1e6, line[3]) for line in lines]
    jvm = int(lines[0][1]) - classes[0][0] - began * 1000
    return (finished - began) * 1000, jvm, classes


def stacks(starts):
    """One stack per tick of the starts, each of a phase and what was loaded behind the tick."""
    for total, jvm, classes in starts:
        yield from [[(LAUNCHER, 'phase')]] * ticks(jvm)
        phase, before, pending = PHASES[0][1], 0.0, dict(PHASES)
        for at, name in classes:
            phase, owner = pending.pop(name, phase), owner_of(name)
            if at + jvm > total:
                break
            yield from [[(phase, 'phase'), owner]] * ticks(at - before)
            before = at
        yield from [[(phase, 'phase'), ('until the result is there', 'redis')]] * ticks(total - jvm - before)


def ticks(milliseconds):
    return max(0, round(milliseconds * TICKS))


def owner_of(name):
    return next((owner, kind) for prefix, owner, kind in OWNERS if name.startswith(prefix))


def median(starts):
    return statistics.median(total for total, _, _ in starts)
