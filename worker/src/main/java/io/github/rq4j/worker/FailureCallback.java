package io.github.rq4j.worker;

/**
 * The Java side of a Python name that a job gives as {@code on_failure}. Called for every run that
 * fails, also where the job is retried, before anything is stored. Called as well where maintenance
 * finds the job abandoned, with the type {@code rq.exceptions.AbandonedJobError}, after that is
 * stored. Called by several threads at once.
 */
@FunctionalInterface
public interface FailureCallback {

  /**
   * Reacts to a run that failed.
   *
   * @param job the job
   * @param failure what went wrong
   * @throws Exception anything; it is stored as the job's failure, behind the one before; that of
   *     an abandoned job is logged
   */
  void call(ExecutedJob job, JobFailure failure) throws Exception;
}
