package io.github.rq4j.worker;

/** Is told that a job was stopped on request, before that is stored. */
@FunctionalInterface
interface StoppedCallback {
  /** Told by nobody. */
  StoppedCallback NONE = claimed -> {};

  /**
   * Reacts; the worker waits for it, in the job's slot.
   *
   * @throws Exception anything; it is logged, and the job's end is stored all the same
   */
  void stopped(ClaimedJob claimed) throws Exception;
}
