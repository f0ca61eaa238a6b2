package io.github.rq4j.worker;

/**
 * What becomes of jobs that a cold shutdown interrupts: at the end of {@link RqWorker#close} when
 * the shutdown timeout is over, by {@link RqWorker#shutdownNow}, or by a second {@code shutdown}
 * command.
 */
public enum UnfinishedJobs {
  /**
   * Nothing is stored, as when RQ kills its horse: the job stays started until its claim has
   * expired and a maintenance run declares it abandoned. It then fails, or runs again if it has
   * retries left.
   */
  LEAVE_STARTED,

  /**
   * The job has failed at once, with a text that tells why, or runs again if it has retries left.
   */
  FAIL,

  /**
   * The job is put back to the front of its queue, as it was before it was claimed, and runs again.
   * For functions that may run twice.
   */
  REQUEUE
}
