package io.github.rq4j.codec;

import java.util.Arrays;
import java.util.Objects;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** zlib streams as Python's {@code zlib.compress} and {@code zlib.decompress} have them. */
final class Zlib {
  private static final int SMALLEST_BUFFER = 128;
  private static final int LARGEST_FIRST_BUFFER = 1 << 16;
  private static final int BEGINNING = 16;
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private Zlib() {}

  /** Level 6, what Python's default of -1 stands for. */
  static Deflater newDeflater() {
    return new Deflater(6);
  }

  static byte[] deflate(Deflater deflater, byte[] plain) {
    deflater.setInput(plain);
    deflater.finish();
    byte[] out = new byte[Math.max(SMALLEST_BUFFER, plain.length / 2)];
    int size = 0;
    while (true) {
      size += deflater.deflate(out, size, out.length - size);
      if (deflater.finished()) {
        return Arrays.copyOf(out, size);
      }
      out = Arrays.copyOf(out, larger(out.length, LARGEST_ARRAY));
    }
  }

  /**
   * Inflates within the limits. Nothing is allocated on the word of the input: the buffer grows
   * with what has really come out. Bytes behind the end of the stream are ignored, as Python does.
   *
   * @throws MalformedPayloadException if the input or what comes out exceeds a limit
   */
  static Inflation inflate(Inflater inflater, byte[] stored, CodecLimits limits) {
    checkStored(stored, limits);
    inflater.setInput(stored);
    // Room for one byte too many tells a stream that just fits from one that does not.
    int most = Math.min(limits.maxInflatedBytes(), LARGEST_ARRAY - 1) + 1;
    byte[] out = new byte[firstBuffer(stored.length, most)];
    int size = 0;
    try {
      while (true) {
        int got = inflater.inflate(out, size, out.length - size);
        size += got;
        checkInflated(size, stored.length, limits);
        if (inflater.finished()) {
          return Inflation.whole(size == out.length ? out : Arrays.copyOf(out, size));
        }
        if (inflater.needsDictionary()) {
          return Inflation.failed("it wants a preset dictionary");
        }
        if (size == out.length) {
          out = Arrays.copyOf(out, larger(out.length, most));
        } else if (got == 0) {
          return Inflation.failed("cut short");
        }
      }
    } catch (DataFormatException e) {
      return Inflation.failed(Objects.requireNonNullElse(e.getMessage(), "damaged"));
    }
  }

  /** The first bytes of what a stream inflates to; of what is no stream, those of itself. */
  static byte[] beginning(Inflater inflater, byte[] stored) {
    byte[] out = new byte[BEGINNING];
    inflater.setInput(stored);
    try {
      int size = inflater.inflate(out);
      if (size > 0) {
        return Arrays.copyOf(out, size);
      }
    } catch (DataFormatException e) {
      // Then it is no stream.
    }
    return Arrays.copyOf(stored, Math.min(stored.length, BEGINNING));
  }

  static void checkStored(byte[] stored, CodecLimits limits) {
    if (stored.length > limits.maxStoredBytes()) {
      throw CodecLimits.exceeded(
          "maxStoredBytes", limits.maxStoredBytes(), "a payload of " + stored.length + " bytes");
    }
  }

  private static void checkInflated(int size, int storedSize, CodecLimits limits) {
    if (size > limits.maxInflatedBytes()) {
      throw CodecLimits.exceeded(
          "maxInflatedBytes", limits.maxInflatedBytes(), describe(storedSize));
    }
    if (size > CodecLimits.INFLATE_RATIO_GRACE_BYTES
        && size > (long) limits.maxInflateRatio() * storedSize) {
      throw CodecLimits.exceeded("maxInflateRatio", limits.maxInflateRatio(), describe(storedSize));
    }
  }

  private static String describe(int storedSize) {
    return "what a zlib stream of " + storedSize + " bytes inflates to";
  }

  private static int firstBuffer(int length, int most) {
    long wanted = Math.min(LARGEST_FIRST_BUFFER, Math.max(SMALLEST_BUFFER, 4L * length));
    return (int) Math.min(wanted, most);
  }

  private static int larger(int length, int most) {
    if (length >= most) {
      throw new MalformedPayloadException("a zlib stream does not fit into a Java array");
    }
    return (int) Math.min(2L * length, most);
  }

  /**
   * How inflating ended.
   *
   * @param bytes what came out; null if the input is not one whole zlib stream
   * @param problem why not, in words
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  record Inflation(byte @Nullable [] bytes, String problem) {
    static Inflation whole(byte[] bytes) {
      return new Inflation(bytes, "");
    }

    static Inflation failed(String problem) {
      return new Inflation(null, problem);
    }
  }
}
