package io.github.rq4j.worker;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * A Java failure in the shape of a Python traceback, as RQ stores it: causes first, frames from the
 * outermost to the innermost, type and message in the last line. Tools that take a traceback apart
 * (Sentry, dashboards, RQ's own log) then find what they look for.
 */
final class FailureText {
  private static final String CAUSED =
      "\nThe above exception was the direct cause of the following exception:\n\n";
  // What the JVM puts between caller and callee of a lambda or a reflective call, which tells a
  // reader nothing and differs from release to release.
  private static final List<String> MACHINERY =
      List.of("$$Lambda", "jdk.internal.reflect.", "java.lang.reflect.Method");
  private static final int MAXIMUM_CAUSES = 50;
  private static final int MAXIMUM_FRAMES = 200;

  private FailureText() {}

  /** The failure that an exception is, in its own words. */
  static JobFailure of(Throwable thrown) {
    PythonError error = thrown instanceof PythonError own ? own : null;
    return new JobFailure(
        typeOf(thrown), ThrownText.message(thrown), chainOf(thrown), error == null ? thrown : null);
  }

  /**
   * The failure that an exception is to a Python reader. Where a mapping has another word for it,
   * the exception with its frames stands above as the cause.
   */
  static JobFailure of(Throwable thrown, ExceptionMappings mappings) {
    PythonError mapped = thrown instanceof PythonError ? null : mappings.find(thrown).orElse(null);
    if (mapped == null) {
      return of(thrown);
    }
    return new JobFailure(
        mapped.type(),
        ThrownText.message(mapped),
        chainOf(thrown) + CAUSED + lastLine(mapped) + '\n',
        thrown);
  }

  private static String chainOf(Throwable thrown) {
    Deque<Throwable> chain = new ArrayDeque<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Throwable next = thrown;
    while (next != null && seen.add(next) && chain.size() < MAXIMUM_CAUSES) {
      chain.push(next);
      next = next.getCause();
    }
    StringBuilder text = new StringBuilder();
    for (Throwable member : chain) {
      if (text.length() > 0) {
        text.append(CAUSED);
      }
      appendFrames(text, member.getStackTrace());
      text.append(lastLine(member)).append('\n');
    }
    return text.toString();
  }

  private static void appendFrames(StringBuilder text, StackTraceElement[] frames) {
    text.append("Traceback (most recent call last):\n");
    for (int i = Math.min(worked(frames), MAXIMUM_FRAMES) - 1; i >= 0; i--) {
      StackTraceElement frame = frames[i];
      if (MACHINERY.stream().anyMatch(frame.getClassName()::contains)) {
        continue;
      }
      text.append("  File \"")
          .append(frame.getFileName() == null ? "<unknown>" : frame.getFileName())
          .append("\", line ")
          .append(Math.max(0, frame.getLineNumber()))
          .append(", in ")
          .append(frame.getClassName())
          .append('.')
          .append(frame.getMethodName())
          .append('\n');
    }
  }

  /**
   * How many frames, from the innermost, are the worker's work. Where it runs jobs in the thread
   * that called it, what lies behind is no business of a job's reader.
   */
  private static int worked(StackTraceElement[] frames) {
    for (int i = 0; i < frames.length; i++) {
      boolean handedOver =
          frames[i].getClassName().equals(Slot.class.getName())
              && frames[i].getMethodName().equals("run");
      if (handedOver) {
        return i + 1;
      }
    }
    return frames.length;
  }

  private static String lastLine(Throwable thrown) {
    String message = ThrownText.message(thrown);
    return message.isEmpty() ? typeOf(thrown) : typeOf(thrown) + ": " + message;
  }

  private static String typeOf(Throwable thrown) {
    return thrown instanceof PythonError error ? error.type() : thrown.getClass().getName();
  }
}
