package io.github.rq4j.worker;

import java.util.function.Function;

/**
 * An interruption of a running job, and what is to be stored for it.
 *
 * @param reason what the function is told
 * @param outcome made from where the function stood
 */
record Interruption(Cancellation reason, Function<StackTraceElement[], Outcome> outcome) {
  /** RQ's text where it has killed the horse on request. */
  private static final String STOPPED = "Job stopped by user, work-horse terminated.";

  /** RQ's text for a horse that ended by SIGKILL, with the blank at its end. */
  private static final String KILLED =
      "Work-horse terminated unexpectedly; waitpid returned 9 (signal 9); ";

  static Interruption timeout(long seconds) {
    return new Interruption(
        Cancellation.TIMEOUT,
        frames ->
            new Outcome.Failed(
                FailureText.of(
                    "rq.timeouts.JobTimeoutException",
                    "Task exceeded maximum timeout value (" + seconds + " seconds)",
                    frames)));
  }

  static Interruption stop() {
    return new Interruption(Cancellation.STOPPED, frames -> new Outcome.Stopped(STOPPED));
  }

  /** For jobs that are left in the started registry: nothing is stored. */
  static Interruption shutdown() {
    return new Interruption(
        Cancellation.SHUTDOWN,
        frames -> {
          throw new IllegalStateException("nothing is stored for an abandoned job");
        });
  }

  static Interruption kill() {
    return new Interruption(Cancellation.KILLED, frames -> new Outcome.Killed(KILLED));
  }
}
