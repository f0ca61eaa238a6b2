package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.CodecLimits;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Pickles written as text, one character for each byte, for tests. */
final class Pickles {
  private Pickles() {}

  static byte[] bytes(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  static @Nullable Object read(String latin1) {
    return read(latin1, CodecLimits.defaults());
  }

  static @Nullable Object read(String latin1, CodecLimits limits) {
    return new PickleReader(bytes(latin1), limits, Python2Strings.UTF8_OR_BYTES).read();
  }

  static @Nullable Object read(byte[] pickle) {
    return new PickleReader(pickle, CodecLimits.defaults(), Python2Strings.UTF8_OR_BYTES).read();
  }
}
