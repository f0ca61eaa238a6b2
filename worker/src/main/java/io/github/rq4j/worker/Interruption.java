package io.github.rq4j.worker;

import io.github.rq4j.worker.horse.WaitStatus;
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

  private static final int SIGKILL = 9;

  static Interruption timeout(long seconds) {
    return new Interruption(
        Cancellation.TIMEOUT,
        frames -> new Outcome.Failed(FailureText.of(PythonError.timeout(seconds, frames))));
  }

  /** A timeout that the work horse itself did not deal with: its callbacks cannot be called. */
  static Interruption overrun(long seconds) {
    return new Interruption(
        Cancellation.TIMEOUT,
        frames ->
            new Outcome.Killed(FailureText.of(PythonError.timeout(seconds, frames)).traceback()));
  }

  static Interruption stop() {
    return new Interruption(Cancellation.STOPPED, frames -> new Outcome.Stopped(STOPPED));
  }

  /** A cold shutdown; nothing is stored for jobs that are left started. */
  static Interruption shutdown(String worker, UnfinishedJobs policy) {
    return new Interruption(
        Cancellation.SHUTDOWN,
        frames ->
            policy == UnfinishedJobs.REQUEUE
                ? new Outcome.Requeued()
                : new Outcome.Failed(
                    FailureText.of(
                        new PythonError(
                            "rq.exceptions.ShutDownImminentException",
                            "worker '" + worker + "' was shut down before the job had ended",
                            frames))));
  }

  static Interruption kill() {
    String text = WaitStatus.ofSignal(SIGKILL).text();
    return new Interruption(Cancellation.KILLED, frames -> new Outcome.Killed(text));
  }
}
