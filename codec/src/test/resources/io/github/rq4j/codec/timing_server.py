"""Answers each line, a Python expression, with what it evaluates to: the hex of its UTF-8 text.

Job tuples of three sizes and the time that Python takes to pickle them; see EncodeTiming.
"""

import pickle
import sys
import time

ORDER = {
    "id": 48213,
    "customer": {"name": "Ada Lovelace", "email": "ada@example.org", "vip": True, "since": 2019},
    "lines": [
        {"sku": "SKU-%05d" % n, "title": "Product number %d" % n, "count": n, "price": n * 1.25}
        for n in range(12)
    ],
    "shipping": {"street": "12 St James's Square", "city": "London", "zip": "SW1Y 4JH"},
    "note": None,
}
ROWS = [
    {"id": n, "name": "customer %d" % n, "email": "c%d@example.org" % n, "score": n / 7, "ok": n % 2 == 0}
    for n in range(20000)
]
JOBS = {
    "small": ("tasks.count_words_at_url", None, ("http://nvie.com",), {}),
    "medium": ("shop.tasks.ship_order", None, (ORDER,), {"priority": "high", "retries": 3}),
    "large": ("shop.tasks.import_rows", None, (ROWS,), {}),
}


def job(name):
    return pickle.dumps(JOBS[name], 5).hex()


def dumps(name, times):
    """Nanoseconds for each call."""
    made = JOBS[name]
    write = pickle.dumps
    start = time.perf_counter_ns()
    for _ in range(times):
        write(made, 5)
    return str((time.perf_counter_ns() - start) // times)


for line in sys.stdin:
    print(eval(line).encode().hex(), flush=True)
