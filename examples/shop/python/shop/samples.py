"""Calls of the functions that Java runs, for rq4j-record."""

from datetime import date
from decimal import Decimal


def samples(enqueue):
    """Make one call of each kind."""
    line = {"article": "tea", "pieces": 2, "price": Decimal("4.90")}
    order = {"customer": "Ada", "day": date(2026, 11, 22), "lines": [line]}
    enqueue("shop.invoice", order, currency="EUR")
    enqueue("shop.invoice", dict(order, lines=[]))
    enqueue("shop.charge", "Ada", cents=2180)
