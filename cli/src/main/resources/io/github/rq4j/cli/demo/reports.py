"""Functions that a Python worker runs for Java."""

from datetime import timedelta


def invoice(customer, *, prices, issued):
    """Adds up prices; payment is due in two weeks."""
    return {
        "customer": customer,
        "total": sum(prices),
        "due": issued + timedelta(days=14),
    }


def print_out(report):
    raise ValueError(f"no paper for the {report}")
