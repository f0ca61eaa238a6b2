"""The payloads of the benchmarks, and how long CPython takes for them.

    cpython_codec.py write DIRECTORY
    cpython_codec.py measure DIRECTORY PAYLOAD OPERATION SECONDS ITERATIONS on|off

The first writes PAYLOAD.pickle and PAYLOAD.zlib for each payload. The second prints one line for
each iteration: the microseconds that the operation took on average, with the garbage collector on,
as in an RQ worker, or off.
"""

import gc
import os
import pickle
import sys
import time
import zlib

PROTOCOL = 5  # what RQ's pickle.HIGHEST_PROTOCOL is on every Python from 3.8 on


def order(n):
    return {'id': n, 'sku': 'SKU-%08d-SPRING' % n, 'price': n * 1.25, 'count': n % 7, 'note': None}


def jobs():
    """Function name, instance, args and kwargs, as RQ pickles them."""
    options = {'dry_run': False, 'tags': ['retail', 'spring']}
    return {
        'small': ('tasks.count_words_at_url', None, ('http://nvie.com',), {}),
        'medium': ('shop.tasks.import_orders', None, ([order(n) for n in range(20)],), options),
        'large': ('shop.tasks.import_orders', None, ([order(n) for n in range(20000)],), options),
    }


def write(directory):
    os.makedirs(directory, exist_ok=True)
    for name, job in jobs().items():
        pickled = pickle.dumps(job, PROTOCOL)
        for extension, content in (('pickle', pickled), ('zlib', zlib.compress(pickled))):
            with open(os.path.join(directory, name + '.' + extension), 'wb') as file:
                file.write(content)


def read(directory, name, extension):
    with open(os.path.join(directory, name + '.' + extension), 'rb') as file:
        return file.read()


def operation(name, directory, payload):
    loads, dumps = pickle.loads, pickle.dumps
    compress, decompress = zlib.compress, zlib.decompress
    pickled, stored = read(directory, payload, 'pickle'), read(directory, payload, 'zlib')
    job = jobs()[payload]
    assert dumps(job, PROTOCOL) == pickled
    return {
        'decode': lambda: loads(decompress(stored)),
        'encode': lambda: compress(dumps(job, PROTOCOL)),
        'inflate': lambda: decompress(stored),
        'deflate': lambda: compress(pickled),
        'unpickle': lambda: loads(pickled),
        'pickle': lambda: dumps(job, PROTOCOL),
    }[name]


def measure(run, seconds):
    """Microseconds per run, over so many seconds."""
    clock = time.perf_counter
    start = clock()
    run()
    batch = max(1, int(0.001 / max(clock() - start, 1e-7)))
    runs, start = 0, clock()
    while True:
        for _ in range(batch):
            run()
        runs += batch
        spent = clock() - start
        if spent >= seconds:
            return spent / runs * 1e6


def main(command, directory, *arguments):
    if command == 'write':
        write(directory)
        return
    payload, name, seconds, iterations, collector = arguments
    run = operation(name, directory, payload)
    (gc.enable if collector == 'on' else gc.disable)()
    measure(run, 0.2)  # first runs find caches and the heap cold
    for _ in range(int(iterations)):
        print(measure(run, float(seconds)))


if __name__ == '__main__':
    main(*sys.argv[1:])
