package io.github.rq4j.client;

import java.util.Locale;
import java.util.Optional;

/** Where a job stands; RQ's {@code JobStatus}. */
public enum JobStatus {
  /** Built, not yet enqueued (RQ 2.4.1 on). */
  CREATED,
  /** Waiting in its queue. */
  QUEUED,
  /** Ended with a result. */
  FINISHED,
  /** Ended with an exception. */
  FAILED,
  /** A worker is running it. */
  STARTED,
  /** Waits for jobs it depends on. */
  DEFERRED,
  /** Waits for a point in time. */
  SCHEDULED,
  /** Ended by a stop command while it ran. */
  STOPPED,
  /** Taken back before it ran. */
  CANCELED,
  /** Waits for a free place under its rate limit (RQ 2.11 on). */
  RATE_LIMITED,
  /** Its dependencies are met and it is about to be enqueued (RQ 3.0 on). */
  READY_TO_ENQUEUE;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The status as RQ writes it, such as {@code finished}. */
  public String text() {
    return text;
  }

  /** The status that RQ writes as this text; empty if RQ knows none. */
  public static Optional<JobStatus> ofText(String text) {
    for (JobStatus status : values()) {
      if (status.text.equals(text)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }

  /** Tells whether a job in this status will not run any more unless somebody requeues it. */
  public boolean isFinal() {
    return this == FINISHED || this == FAILED || this == STOPPED || this == CANCELED;
  }
}
