package io.github.rq4j.worker;

import java.util.function.Function;

/** What exceptions say about themselves, even where they fail at it. */
final class ThrownText {
  private ThrownText() {}

  /** The exception's message; empty where it has none. */
  static String message(Throwable thrown) {
    return guarded(thrown, Throwable::getMessage);
  }

  /**
   * A text that application code makes of an exception. It may fail while it does; the job's end
   * must not.
   */
  static <E extends Throwable> String guarded(E thrown, Function<? super E, String> text) {
    try {
      String message = text.apply(thrown);
      return message == null ? "" : message;
    } catch (RuntimeException e) {
      return "<message not available: " + e.getClass().getName() + ">";
    }
  }
}
