package io.github.rq4j.codec;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What is inside of Java's optionals, which serializers write in their place. */
public final class OptionalContent {
  private OptionalContent() {}

  /**
   * The content of an {@code Optional}, {@code OptionalInt}, {@code OptionalLong} or {@code
   * OptionalDouble}, also of one in another; null if it is empty. Any other value is its own
   * content.
   */
  public static @Nullable Object of(@Nullable Object value) {
    Object content = value;
    while (content instanceof Optional<?> optional) {
      content = optional.orElse(null);
    }
    if (content instanceof OptionalInt number) {
      return number.isPresent() ? (Object) number.getAsInt() : null;
    }
    if (content instanceof OptionalLong number) {
      return number.isPresent() ? (Object) number.getAsLong() : null;
    }
    if (content instanceof OptionalDouble number) {
      return number.isPresent() ? (Object) number.getAsDouble() : null;
    }
    return content;
  }
}
