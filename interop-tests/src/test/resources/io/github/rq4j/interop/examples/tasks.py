"""The functions that the examples call."""


def total(price, count, tax=0.0):
    """Return what so many cost."""
    return round(price * count * (1 + tax), 2)


def invoices(customer):
    """Return what a customer has to pay."""
    return [{"number": 1, "amount": 10.5}, {"number": 2, "amount": 20.0}]


def refuse(reason):
    """Raise."""
    raise ValueError(reason)
