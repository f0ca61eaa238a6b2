"""Equality as a wire format must keep it: of values and of types, all the way down."""

import datetime
import decimal
import sys


def difference(expected, actual):
    """Say where the two differ, as a path and the two sides; return None if they do not."""
    return _difference(expected, actual, "value", set())


def _difference(expected, actual, path, seen):
    if type(expected) is not type(actual) and not _same_number(expected, actual):
        return "%s: expected %s, not %s" % (path, _shown(expected), _shown(actual))
    pair = (id(expected), id(actual))
    if pair in seen:  # a cycle, or a part that both share
        return None
    if isinstance(expected, (list, tuple, dict, set, frozenset)) or hasattr(expected, "__dict__"):
        seen.add(pair)
    if isinstance(expected, (list, tuple)):
        return _items(expected, actual, path, seen)
    if isinstance(expected, dict):
        # The order of a dict travels too, from the Python on that keeps it.
        if sys.version_info < (3, 7):
            return _items(_sorted(expected.items()), _sorted(actual.items()), path, seen)
        return _items(list(expected.items()), list(actual.items()), path + ".items()", seen)
    if isinstance(expected, (set, frozenset)):
        return _items(_sorted(expected), _sorted(actual), path + " (sorted)", seen)
    if isinstance(expected, BaseException):
        return _items(_held(expected), _held(actual), path + " (args, state)", seen)
    if _same_leaf(expected, actual):
        return None
    if hasattr(expected, "__dict__") and not _defines_equality(expected):
        return _items([vars(expected)], [vars(actual)], path + " (state)", seen)
    return "%s: expected %s, not %s" % (path, _shown(expected), _shown(actual))


def _same_number(expected, actual):
    """Tell whether both are integers that only Python 2 has two types for."""
    try:
        return {type(expected), type(actual)} == {int, long} and expected == actual
    except NameError:
        return False


def _items(expected, actual, path, seen):
    if len(expected) != len(actual):
        return "%s: expected %d items, not %d" % (path, len(expected), len(actual))
    for index, (left, right) in enumerate(zip(expected, actual)):
        found = _difference(left, right, "%s[%d]" % (path, index), seen)
        if found is not None:
            return found
    return None


def _same_leaf(expected, actual):
    if isinstance(expected, (float, complex, decimal.Decimal)):
        return repr(expected) == repr(actual)  # tells -0.0 from 0.0, and knows NaN
    if isinstance(expected, (datetime.datetime, datetime.time)):
        # The comparison of aware values only looks at the moment.
        return (
            repr(expected) == repr(actual)
            and expected.utcoffset() == actual.utcoffset()
            and expected.tzname() == actual.tzname()
        )
    return expected == actual


def _held(error):
    return [error.args, vars(error)]


def _defines_equality(value):
    return any("__eq__" in vars(base) for base in type(value).__mro__[:-1])


def _sorted(values):
    return sorted(values, key=lambda value: (type(value).__name__, repr(value)))


def _shown(value):
    return "%s %r" % (type(value).__name__, value)
