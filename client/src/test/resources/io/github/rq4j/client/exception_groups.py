"""Prints, as JSON, what this Python prints of exception groups; taken into exception-groups.json.gz."""
import sys, traceback, json

def leaf(kind, *args):
    try:
        raise kind(*args)
    except kind as e:
        return e

def value(): raise ValueError("no such invoice")
def key(): {}["missing"]

def simple():
    members = []
    for f in (value, key):
        try: f()
        except Exception as e: members.append(e)
    raise ExceptionGroup("two invoices", members)

def nested():
    try: simple()
    except ExceptionGroup as inner:
        raise ExceptionGroup("outer", [leaf(TypeError, "bad"), inner, leaf(OSError, 2, "gone")])

def chained():
    members = []
    try:
        try: value()
        except ValueError as e: raise RuntimeError("while paying") from e
    except RuntimeError as e: members.append(e)
    try:
        try: key()
        except KeyError: value()
    except ValueError as e: members.append(e)
    raise ExceptionGroup("chains inside", members)

def caused():
    try: value()
    except ValueError as e: raise ExceptionGroup("from a cause", [leaf(KeyError, "k")]) from e

def group_as_cause():
    try: simple()
    except ExceptionGroup as e: raise RuntimeError("wrapped") from e

def noted():
    inner = leaf(ValueError, "first line\nsecond line")
    inner.add_note("invoice 7\nof customer ada")
    group = ExceptionGroup("noted\nin two lines", [inner])
    group.add_note("note of the group")
    raise group

def many():
    raise ExceptionGroup("many", [leaf(ValueError, str(i)) for i in range(20)])

def deep():
    e = leaf(ValueError, "deepest")
    for i in range(12):
        e = ExceptionGroup("level %d" % i, [e])
    raise e

def untraced():
    raise ExceptionGroup("never raised members", [ValueError("a"), KeyError("b")])

def syntax():
    try: compile("a b", "<string>", "exec")
    except SyntaxError as e: raise ExceptionGroup("syntax", [e])

def base():
    raise BaseExceptionGroup("base", [leaf(KeyboardInterrupt), leaf(ValueError, "")])

class Odd(ExceptionGroup):
    pass

def own():
    raise Odd("own class", [leaf(ValueError, "+---------------- 2 ----------------")])

def plain_notes():
    e = ValueError("with notes")
    e.add_note("first note")
    e.add_note("second\nnote")
    raise e

out = {}
for f in (simple, nested, chained, caused, group_as_cause, noted, many, deep, untraced, syntax, base, own, plain_notes):
    try: f()
    except BaseException as e:
        out[f.__name__] = "".join(traceback.format_exception(e))
json.dump(out, open(sys.argv[1], "w"), indent=1)
