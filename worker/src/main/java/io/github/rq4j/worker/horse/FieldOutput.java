package io.github.rq4j.worker.horse;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of a frame, one after another; {@link FieldInput} reads them in the same order.
 * Numbers are big-endian; texts and bytes come behind their length, -1 for null. Not safe for use
 * by many threads.
 */
public final class FieldOutput {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** An empty body. */
  public FieldOutput() {}

  /** Adds a number of four bytes. */
  public FieldOutput add(int value) {
    bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    return this;
  }

  /** Adds a number of eight bytes. */
  public FieldOutput add(long value) {
    bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    return this;
  }

  /** Adds bytes. */
  public FieldOutput add(byte @Nullable [] value) {
    if (value == null) {
      return add(-1);
    }
    add(value.length);
    bytes.writeBytes(value);
    return this;
  }

  /** Adds a text. */
  public FieldOutput add(@Nullable String value) {
    return add(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  /** The frame with the fields that were added. */
  public Frame toFrame(FrameType type) {
    return new Frame(type, bytes.toByteArray());
  }
}
