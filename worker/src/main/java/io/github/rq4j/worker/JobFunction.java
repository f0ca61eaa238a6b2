package io.github.rq4j.worker;

import org.jspecify.annotations.Nullable;

/**
 * What runs for a job: the Java side of a Python function name. Called by several threads at once
 * if the worker has several slots.
 */
@FunctionalInterface
public interface JobFunction {

  /**
   * Does the work.
   *
   * @param arguments what the job was enqueued with
   * @return the job's result; null is Python's None
   * @throws Exception anything; the job then fails with its type, message and stack trace
   */
  @Nullable Object call(Arguments arguments) throws Exception;
}
