package io.github.rq4j.worker;

/** Why a job that is running was asked to end before its function came back by itself. */
public enum Cancellation {
  /** It ran longer than its timeout. */
  TIMEOUT,

  /** Somebody sent RQ's command {@code stop-job} or {@code stop-execution}. */
  STOPPED,

  /** Somebody sent RQ's command {@code kill-horse}. */
  KILLED,

  /** The worker is shut down and waits no longer. */
  SHUTDOWN
}
