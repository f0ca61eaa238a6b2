package io.github.rq4j.worker;

/**
 * The Java side of a Python name that a job gives as {@code on_stopped}. Called before it is stored
 * that the job was stopped. Called by several threads at once if the worker has several slots.
 */
@FunctionalInterface
public interface StopCallback {

  /**
   * Reacts to a job that was stopped on request.
   *
   * @param job the job
   * @throws Exception anything; it is logged, and the job is stopped all the same
   */
  void call(ExecutedJob job) throws Exception;
}
