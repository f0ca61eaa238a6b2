package io.github.rq4j.worker;

/** In which order a worker asks its queues. The names are those of RQ's {@code DequeueStrategy}. */
public enum DequeueStrategy {
  /** In the order given: a queue is emptied before the next one is looked at. */
  DEFAULT,
  /** After a job, its queue goes to the end, and with it those that were found empty before it. */
  ROUND_ROBIN,
  /** In the order given first; after each job in a new random order. */
  RANDOM
}
