package io.github.rq4j.worker.horse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a frame, in the order in which {@link FieldOutput} wrote them. */
public final class FieldInput {
  private final FrameType type;
  private final ByteBuffer bytes;

  /** Begins with the first field. */
  public FieldInput(Frame frame) {
    this.type = frame.type();
    this.bytes = ByteBuffer.wrap(frame.body());
  }

  /**
   * A number of four bytes.
   *
   * @throws HorseProtocolException if the body ends before
   */
  public int number() throws HorseProtocolException {
    need(Integer.BYTES);
    return bytes.getInt();
  }

  /**
   * A number of four bytes that counts something.
   *
   * @throws HorseProtocolException if the body ends before, it is negative, or cannot be true of
   *     what is left
   */
  public int count() throws HorseProtocolException {
    int count = number();
    if (count < 0 || count > bytes.remaining()) {
      throw malformed("a count of " + count + " cannot be");
    }
    return count;
  }

  /**
   * A number of eight bytes.
   *
   * @throws HorseProtocolException if the body ends before
   */
  public long longNumber() throws HorseProtocolException {
    need(Long.BYTES);
    return bytes.getLong();
  }

  /**
   * Bytes, or null.
   *
   * @throws HorseProtocolException if the body ends before, or the length is negative
   */
  public byte @Nullable [] optionalBytes() throws HorseProtocolException {
    int length = number();
    if (length == -1) {
      return null;
    }
    need(length);
    byte[] value = new byte[length];
    bytes.get(value);
    return value;
  }

  /**
   * Bytes.
   *
   * @throws HorseProtocolException if the body ends before, or there is null
   */
  public byte[] bytes() throws HorseProtocolException {
    byte[] value = optionalBytes();
    if (value == null) {
      throw malformed("null is not allowed");
    }
    return value;
  }

  /**
   * A text, or null; bytes that are no UTF-8 read as replacement characters.
   *
   * @throws HorseProtocolException if the body ends before
   */
  public @Nullable String optionalText() throws HorseProtocolException {
    byte[] value = optionalBytes();
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  /**
   * A text.
   *
   * @throws HorseProtocolException if the body ends before, or there is null
   */
  public String text() throws HorseProtocolException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /**
   * Checks that all was read.
   *
   * @throws HorseProtocolException if something is left
   */
  public void end() throws HorseProtocolException {
    if (bytes.hasRemaining()) {
      throw malformed(bytes.remaining() + " bytes are left over");
    }
  }

  private void need(int length) throws HorseProtocolException {
    if (length < 0 || length > bytes.remaining()) {
      throw malformed("a field of " + length + " bytes cannot be");
    }
  }

  /** What is wrong at the present place. */
  public HorseProtocolException malformed(String problem) {
    return new HorseProtocolException(
        Objects.requireNonNull(type)
            + " frame, offset "
            + bytes.position()
            + " of "
            + bytes.limit()
            + ": "
            + problem);
  }
}
