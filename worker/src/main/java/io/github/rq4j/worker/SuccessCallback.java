package io.github.rq4j.worker;

import org.jspecify.annotations.Nullable;

/**
 * The Java side of a Python name that a job gives as {@code on_success}. Called in the job's thread
 * after the function has returned and before anything is stored: to RQ the job is still running.
 * Called by several threads at once if the worker has several slots.
 */
@FunctionalInterface
public interface SuccessCallback {

  /**
   * Reacts to a job that returned.
   *
   * @param job the job
   * @param result what its function returned; null is Python's None
   * @throws Exception anything; the job then fails with its type, message and stack trace
   */
  void call(ExecutedJob job, @Nullable Object result) throws Exception;
}
