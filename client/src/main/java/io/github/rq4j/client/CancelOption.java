package io.github.rq4j.client;

/** What else happens when a job is canceled; the arguments of RQ's {@code Job.cancel}. */
public enum CancelOption {
  /** Jobs that wait for nothing but this one are enqueued, as if it had finished. */
  ENQUEUE_DEPENDENTS,
  /** The jobs that this one waits for forget it; their end will not look at it. */
  REMOVE_FROM_DEPENDENCIES
}
