"""A producer and a worker with Sentry's integration for RQ, which print what they would report.

Usage: see producer_and_worker. A line for each transaction and each error: its kind, then
NAME=VALUE pairs separated by blanks.
"""

import sentry_sdk
from sentry_sdk.integrations.rq import RqIntegration
from sentry_sdk.transport import Transport

from rq4j_tools import producer_and_worker


class PrintingTransport(Transport):
    """Sends nothing."""

    def capture_envelope(self, envelope):
        """Print the events of the envelope."""
        for item in envelope.items:
            event = item.payload.json
            if event and "contexts" in event:
                trace = event["contexts"]["trace"]
                print(
                    event.get("type", "error"),
                    "trace=" + trace["trace_id"],
                    "parent=" + str(trace.get("parent_span_id")),
                    "transaction=" + event["transaction"],
                    "job=" + str(event.get("extra", {}).get("rq-job", {}).get("job_id")),
                    flush=True,
                )


if __name__ == "__main__":
    sentry_sdk.init(
        dsn="http://nobody@localhost/1",
        transport=PrintingTransport,
        integrations=[RqIntegration()],
        traces_sample_rate=1.0,
    )
    producer_and_worker.main(lambda: sentry_sdk.start_transaction(name="producer"))
