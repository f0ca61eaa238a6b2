package io.github.rq4j.codec;

import org.jspecify.annotations.Nullable;

/**
 * Turns values into bytes and back, as RQ's {@code serializer} with its {@code dumps} and {@code
 * loads}. Producer and worker of a queue must be given the same one: RQ does not record it.
 * Implementations are immutable and safe for use by many threads.
 */
public interface Serializer {

  /**
   * Serializes one value.
   *
   * @throws UnsupportedValueException if the value, or something inside it, has no form
   */
  byte[] serialize(@Nullable Object value);

  /**
   * Reads one value.
   *
   * @throws MalformedPayloadException if the bytes are damaged or exceed a limit
   * @throws UnsupportedValueException if the bytes are well formed but not supported
   */
  @Nullable Object deserialize(byte[] bytes);
}
