package io.github.rq4j.client;

import org.jspecify.annotations.Nullable;

/** What a worker does; RQ's {@code WorkerStatus}. */
public enum WorkerState {
  /** Has registered and not yet looked for a job. */
  STARTED,
  /** Waits for a job. */
  IDLE,
  /** Runs a job. */
  BUSY,
  /** Takes no jobs because of {@link Workers#suspend}. */
  SUSPENDED,
  /** Does not say, or says what RQ does not know. */
  UNKNOWN;

  static WorkerState of(@Nullable String text) {
    for (WorkerState state : values()) {
      if (state != UNKNOWN && state.name().equalsIgnoreCase(text)) {
        return state;
      }
    }
    return UNKNOWN;
  }
}
