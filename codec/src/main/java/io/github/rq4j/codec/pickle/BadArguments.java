package io.github.rq4j.codec.pickle;

import org.jspecify.annotations.Nullable;

/** A known type of Python was given arguments that it does not take. Caught by the reader. */
final class BadArguments extends Exception {
  private static final long serialVersionUID = 1L;

  private final @Nullable String limit;
  private final int limitValue;

  private BadArguments(String message, @Nullable String limit, int limitValue) {
    super(message, null, false, false);
    this.limit = limit;
    this.limitValue = limitValue;
  }

  /**
   * The failure of a type.
   *
   * @param type the type, such as {@code datetime.date}
   */
  static BadArguments of(String type) {
    return new BadArguments(type + " cannot be made of these arguments", null, 0);
  }

  /** The failure for exceeding a limit of {@link io.github.rq4j.codec.CodecLimits}. */
  static BadArguments beyond(String limit, int value) {
    return new BadArguments("beyond " + limit, limit, value);
  }

  /** What is wrong, in words. */
  String problem() {
    return String.valueOf(getMessage());
  }

  /** The name of the limit that was exceeded, if that is the failure. */
  @Nullable String limit() {
    return limit;
  }

  /** The value of that limit. */
  int limitValue() {
    return limitValue;
  }
}
