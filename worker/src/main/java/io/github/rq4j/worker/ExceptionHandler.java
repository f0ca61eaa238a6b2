package io.github.rq4j.worker;

/**
 * Is told of every run that fails on a worker, as RQ's exception handlers are: after the job's
 * failure callback, before the failure is stored, also where the job is retried. Told as well of
 * every job that maintenance finds abandoned, with the type {@code
 * rq.exceptions.AbandonedJobError}, after that is stored. Called by several threads at once.
 */
@FunctionalInterface
public interface ExceptionHandler {

  /**
   * Reacts to a run that failed.
   *
   * @param job the job
   * @param failure what went wrong
   * @return whether the handlers behind this one are to be called; the failure is stored anyway
   * @throws Exception anything; it is logged, and the next handler is called
   */
  boolean handle(ExecutedJob job, JobFailure failure) throws Exception;
}
