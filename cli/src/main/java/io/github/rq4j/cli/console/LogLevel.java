package io.github.rq4j.cli.console;

import ch.qos.logback.classic.Level;
import java.util.Locale;
import java.util.Optional;

/** The levels of Python's logging, by their names there. */
public enum LogLevel {
  /** All that may help to find a fault. */
  DEBUG,
  /** What happens in the normal course. */
  INFO,
  /** What may need attention. */
  WARNING,
  /** What failed, jobs included. */
  ERROR,
  /** Nothing: no message of a worker is above ERROR. */
  CRITICAL;

  Level level() {
    return switch (this) {
      case DEBUG -> Level.DEBUG;
      case INFO -> Level.INFO;
      case WARNING -> Level.WARN;
      case ERROR -> Level.ERROR;
      case CRITICAL -> Level.OFF;
    };
  }

  /** The level of that name in capital or small letters; empty if there is none. */
  public static Optional<LogLevel> ofName(String name) {
    for (LogLevel level : values()) {
      if (level.name().equals(name.toUpperCase(Locale.ROOT))) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}
