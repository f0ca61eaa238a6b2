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

  static String of(Throwable failure) {
    Deque<Throwable> chain = new ArrayDeque<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Throwable next = failure;
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

  /** The text of a failure whose frames are not those of where it was made. */
  static String of(String type, String message, StackTraceElement[] frames) {
    StringBuilder text = new StringBuilder();
    appendFrames(text, frames);
    return text.append(type).append(": ").append(message).append('\n').toString();
  }

  private static void appendFrames(StringBuilder text, StackTraceElement[] frames) {
    text.append("Traceback (most recent call last):\n");
    for (int i = Math.min(frames.length, MAXIMUM_FRAMES) - 1; i >= 0; i--) {
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

  private static String lastLine(Throwable failure) {
    String type =
        failure instanceof PythonError error ? error.type() : failure.getClass().getName();
    String message = messageOf(failure);
    return message.isEmpty() ? type : type + ": " + message;
  }

  private static String messageOf(Throwable failure) {
    try {
      String message = failure.getMessage();
      return message == null ? "" : message;
    } catch (RuntimeException e) {
      // An application's exception may fail while it describes itself; the job's end must not.
      return "<message not available: " + e.getClass().getName() + ">";
    }
  }
}
