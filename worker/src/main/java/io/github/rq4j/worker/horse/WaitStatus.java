package io.github.rq4j.worker.horse;

import java.util.OptionalInt;

/**
 * How a process ended, as {@code waitpid} tells it, which RQ shows to its users.
 *
 * @param raw the status: the signal that killed it, or 256 times its exit code; empty where it is
 *     not known
 */
public record WaitStatus(OptionalInt raw) {
  private static final int FIRST_SIGNAL_CODE = 128;
  private static final int LAST_SIGNAL_CODE = 128 + 64;

  /** A process that could not be waited for. */
  public static WaitStatus unknown() {
    return new WaitStatus(OptionalInt.empty());
  }

  /**
   * What Java tells of a process. It does not tell a signal from an exit code of 128 and the
   * signal's number; such codes are taken for signals, as by a shell.
   */
  public static WaitStatus ofExitValue(int value) {
    return value > FIRST_SIGNAL_CODE && value <= LAST_SIGNAL_CODE
        ? ofSignal(value - FIRST_SIGNAL_CODE)
        : new WaitStatus(OptionalInt.of((value & 0xff) << 8));
  }

  /** A process that a signal killed. */
  public static WaitStatus ofSignal(int signal) {
    return new WaitStatus(OptionalInt.of(signal));
  }

  /** What RQ stores for a job whose horse ended so, with the blank at its end. */
  public String text() {
    String number = raw.isPresent() ? Integer.toString(raw.getAsInt()) : "None";
    int signal = raw.orElse(0) & 0x7f;
    return "Work-horse terminated unexpectedly; waitpid returned "
        + number
        + (signal == 0 ? "" : " (signal " + signal + ")")
        + "; ";
  }
}
