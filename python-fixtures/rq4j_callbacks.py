"""Runs a job's callback in Python after a Java worker has run the job.

A Java worker that was given a callback queue enqueues a call of run() there, in the step that
stores the job's outcome, for every callback whose name has no Java function. Python workers on that
queue need this module and the callback. What the callback does cannot change the outcome any more;
if it raises, it is the call that fails, and not the job.
"""

import base64

import rq
from rq.job import Job

try:
    import builtins
except ImportError:  # Python 2
    import __builtin__ as builtins

from rq.utils import import_attribute


class JavaError(Exception):
    """An exception of Java that has no class in Python.

    Its attributes are type_name, the class in Java, and traceback_text, as every value that a
    failure callback is given here has it.
    """


def run(kind, callback, job_id, execution_id, *failure):
    """Fetch the job and call the callback as RQ does.

    A success callback is given the job, the connection and the result; a failure callback the job,
    the connection, type and value of the exception, and None for the traceback, whose text is the
    value's attribute traceback_text.
    """
    current = rq.get_current_job()
    job = Job.fetch(job_id, connection=current.connection, serializer=current.serializer)
    function = import_attribute(callback)
    if kind == "success":
        function(job, job.connection, _result(job, execution_id))
    else:
        value = _exception(*failure)
        function(job, job.connection, type(value), value, None)


def _result(job, execution_id):
    """Return what the run returned, which is not the job's last one where the job is repeated."""
    for _, entry in job.connection.xrevrange("rq:results:" + job.id):
        if entry.get(b"execution_id") == execution_id.encode("ascii"):
            value = entry.get(b"return_value")
            return None if value is None else job.serializer.loads(base64.b64decode(value))
    raise ValueError("the result of job %s is not kept any more" % job.id)


def _exception(type_name, message, traceback_text):
    known = _exception_class(type_name)
    try:
        value = known(message)
    except Exception:  # one that wants other arguments
        value = JavaError(message)
    value.type_name = type_name
    value.traceback_text = traceback_text
    return value


def _exception_class(type_name):
    try:
        found = getattr(builtins, type_name, None) or import_attribute(type_name)
    except Exception:  # no module of that name, as for every class of Java
        return JavaError
    is_exception = isinstance(found, type) and issubclass(found, Exception)
    return found if is_exception else JavaError
