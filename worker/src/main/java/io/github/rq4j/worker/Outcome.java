package io.github.rq4j.worker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a run ended, ready to be stored. */
sealed interface Outcome {

  /**
   * The function returned.
   *
   * @param value the serialized return value; null for None
   */
  record Finished(byte @Nullable [] value) implements Outcome {}

  /**
   * The function raised, timed out, or could not be called.
   *
   * @param text the traceback
   */
  record Failed(String text) implements Outcome {}

  /**
   * The job was stopped on request: it is not run again, whatever retries it has left.
   *
   * @param text what a reader sees in place of a traceback
   */
  record Stopped(String text) implements Outcome {}

  /**
   * The job was killed on request: a failure of which the job itself is not told.
   *
   * @param text what a reader sees in place of a traceback
   */
  record Killed(String text) implements Outcome {}

  /** The worker is shut down: the job goes back to its queue as if it had not been claimed. */
  record Requeued() implements Outcome {}

  /**
   * An outcome and how long the function took.
   *
   * @param outcome how the run ended
   * @param took from the claim to the end of the function
   */
  record Timed(Outcome outcome, Duration took) {}
}
