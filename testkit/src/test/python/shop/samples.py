"""Calls of the shop's functions that Java runs."""

import datetime
import decimal
import uuid


def samples(enqueue):
    """Make each kind of call once."""
    enqueue("shop.invoice", 17, lang="de")
    enqueue("shop.order", {"id": 1, "lines": [{"sku": "a", "price": decimal.Decimal("1.10")}]})
    enqueue("shop.ship", datetime.date(2026, 11, 22), parcel=uuid.UUID(int=7))


def nothing(enqueue):
    """Make no call."""


def plain(enqueue):
    """Make a call that JSON can hold."""
    enqueue("shop.invoice", 17, lang="de")
