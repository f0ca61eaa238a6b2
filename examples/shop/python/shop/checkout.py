"""A producer: enqueues an invoice, which Java writes, and prints the job's id."""

import os
import sys
from datetime import date
from decimal import Decimal

from redis import Redis
from rq import Queue


def main(customer):
    """Enqueue the invoice of an order."""
    order = {
        "customer": customer,
        "day": date(2026, 11, 22),
        "lines": [
            {"article": "tea", "pieces": 2, "price": Decimal("4.90")},
            {"article": "cup", "pieces": 1, "price": Decimal("12.00")},
        ],
    }
    queue = Queue(connection=Redis.from_url(os.environ["RQ_REDIS_URL"]))
    print(queue.enqueue("shop.invoice", order, currency="EUR").id)


if __name__ == "__main__":
    main(sys.argv[1])
