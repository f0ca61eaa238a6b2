package io.github.rq4j.testservers;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A request to Redis as a {@link RedisProxy} saw it. Immutable. */
public final class RedisRequest {
  private final long connection;
  private final RespValue.Request value;
  private final String script;

  RedisRequest(long connection, RespValue.Request value, String script) {
    this.connection = connection;
    this.value = value;
    this.script = script;
  }

  /** The connection that it came over, numbered from 1. */
  public long connection() {
    return connection;
  }

  /** The command in upper case: {@code LPUSH}. */
  public String command() {
    return value.parts().isEmpty() ? "" : argument(0).toUpperCase(Locale.ROOT);
  }

  /**
   * The script that is called: the name that was given to it, else its SHA-1; empty where no script
   * is called.
   */
  public String script() {
    return script;
  }

  /** The script where one is called, else the command. */
  public String name() {
    return script.isEmpty() ? command() : script;
  }

  /** How many arguments there are, the command included. */
  public int size() {
    return value.parts().size();
  }

  /**
   * One argument, its bytes taken as UTF-8.
   *
   * @param index 0 is the command
   * @throws IndexOutOfBoundsException if there are not so many
   */
  public String argument(int index) {
    return new String(value.parts().get(index), StandardCharsets.UTF_8);
  }

  /** Whether an argument contains a text. */
  public boolean mentions(String text) {
    return value.parts().stream()
        .anyMatch(part -> new String(part, StandardCharsets.UTF_8).contains(text));
  }

  /** The name alone: arguments may hold payloads and passwords. */
  @Override
  public String toString() {
    return name();
  }

  byte[] raw() {
    return value.raw();
  }

  static boolean endsReplies(String command) {
    return List.of("SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "MONITOR").contains(command);
  }
}
