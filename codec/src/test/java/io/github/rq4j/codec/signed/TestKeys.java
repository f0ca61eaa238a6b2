package io.github.rq4j.codec.signed;

import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.python.PythonBytes;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The keys of the tests, the same as on the Python side. */
final class TestKeys {
  static final byte[] NEW = new byte[32];
  static final byte[] OLD = "k".repeat(40).getBytes(StandardCharsets.US_ASCII);

  /** Writes bytes as they are. */
  static final Serializer AS_IS =
      new Serializer() {
        @Override
        public byte[] serialize(@Nullable Object value) {
          return ((PythonBytes) Objects.requireNonNull(value)).toByteArray();
        }

        @Override
        public @Nullable Object deserialize(byte[] bytes) {
          return PythonBytes.fromArray(bytes);
        }
      };

  static {
    for (int i = 0; i < NEW.length; i++) {
      NEW[i] = (byte) i;
    }
  }

  private TestKeys() {}

  static SignedSerializer.Builder around(Serializer inner) {
    return SignedSerializer.around(inner).signingKey("2026-11", NEW);
  }
}
