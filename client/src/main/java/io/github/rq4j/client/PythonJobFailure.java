package io.github.rq4j.client;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The exception that ended a job, read from the traceback that its worker stored. Can be thrown:
 * its stack trace are the traceback's frames, the innermost first as Java has it, and its cause is
 * the exception that it was raised from, or while handling which it was raised. The members of an
 * exception group are its suppressed exceptions. Workers in Java store tracebacks of the same form.
 *
 * <p>Any text gives a failure. Where a worker stored a plain sentence, as for a job that was
 * stopped or abandoned, that is the message, and there is no class and no frame.
 */
public final class PythonJobFailure extends RqException {
  private static final long serialVersionUID = 1L;

  private final String exceptionClass;
  private final String exceptionMessage;
  private final boolean raisedFromCause;
  private final transient List<PythonFrame> frames;
  private final PythonJobFailure[] members;

  PythonJobFailure(
      String exceptionClass,
      String exceptionMessage,
      List<PythonFrame> frames,
      boolean raisedFromCause,
      @Nullable PythonJobFailure cause,
      List<PythonJobFailure> members) {
    super(describe(exceptionClass, exceptionMessage), cause);
    this.exceptionClass = exceptionClass;
    this.exceptionMessage = exceptionMessage;
    this.raisedFromCause = raisedFromCause;
    this.frames = List.copyOf(frames);
    StackTraceElement[] trace = new StackTraceElement[frames.size()];
    for (int i = 0; i < trace.length; i++) {
      trace[trace.length - 1 - i] = frames.get(i).asStackTraceElement();
    }
    setStackTrace(trace);
    this.members = members.toArray(new PythonJobFailure[0]);
    members.forEach(this::addSuppressed);
  }

  private static String describe(String exceptionClass, String message) {
    if (exceptionClass.isEmpty()) {
      return message;
    }
    return message.isEmpty() ? exceptionClass : exceptionClass + ": " + message;
  }

  /**
   * Reads what RQ calls {@code exc_string}.
   *
   * @return the failure; empty if the text is blank
   */
  public static Optional<PythonJobFailure> parse(String excString) {
    return TracebackText.parse(excString);
  }

  /** The exception's class as Python prints it, such as {@code ValueError}; empty if unknown. */
  public String exceptionClass() {
    return exceptionClass;
  }

  /**
   * What the exception says; may be empty and have many lines. Its notes are the last of them:
   * Python prints them so that nobody can tell.
   */
  public String exceptionMessage() {
    return exceptionMessage;
  }

  /** The frames as the traceback has them, the innermost last; empty after deserialization. */
  @SuppressWarnings("NullAway") // null only in a copy made by Java serialization
  public List<PythonFrame> frames() {
    return frames == null ? List.of() : frames;
  }

  /**
   * The exceptions in an exception group (Python 3.11 on), each with its own frames, cause and
   * members; empty for any other exception. Python prints at most fifteen of a group, and ten
   * groups within each other: what it left out is one member more, without class, whose message
   * says so.
   */
  public List<PythonJobFailure> members() {
    return List.of(members);
  }

  /**
   * Whether it was raised from its cause on purpose ({@code raise ... from}); false where it came
   * up while the cause was handled, and without a cause.
   */
  public boolean isRaisedFromCause() {
    return raisedFromCause;
  }

  /** Without the frames of whoever reads it: they have nothing to do with the failure. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
