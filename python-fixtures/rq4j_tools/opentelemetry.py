"""A producer and a worker with OpenTelemetry's instrumentation of RQ, which print their spans.

Usage: see producer_and_worker. A line for each span that has ended: "span", then NAME=VALUE pairs
separated by blanks.
"""

from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import ConsoleSpanExporter, SimpleSpanProcessor
from opentelemetry_instrumentation_rq import RQInstrumentor

from rq4j_tools import producer_and_worker


def _line(span):
    """Return what a test wants to know of the span."""
    parent = trace.format_span_id(span.parent.span_id) if span.parent else "None"
    links = ",".join(trace.format_span_id(link.context.span_id) for link in span.links)
    return " ".join(
        [
            "span",
            "name=" + span.name.replace(" ", "_"),
            "trace=" + trace.format_trace_id(span.context.trace_id),
            "id=" + trace.format_span_id(span.context.span_id),
            "parent=" + parent,
            "links=" + links,
            "status=" + span.status.status_code.name,
            "job=" + str(span.attributes.get("rq.job.id")),
            "\n",
        ]
    )


if __name__ == "__main__":
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(ConsoleSpanExporter(formatter=_line)))
    trace.set_tracer_provider(provider)
    RQInstrumentor().instrument()
    tracer = trace.get_tracer(__name__)
    producer_and_worker.main(lambda: tracer.start_as_current_span("producer"))
