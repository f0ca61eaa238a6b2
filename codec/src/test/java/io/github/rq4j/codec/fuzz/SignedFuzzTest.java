package io.github.rq4j.codec.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.signed.SignedSerializer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

class SignedFuzzTest {
  /** The payload itself. */
  private static final Serializer AS_IS =
      new Serializer() {
        @Override
        public byte[] serialize(@Nullable Object value) {
          return ((PythonBytes) Objects.requireNonNull(value)).toByteArray();
        }

        @Override
        public Object deserialize(byte[] bytes) {
          return PythonBytes.fromArray(bytes);
        }
      };

  private static final SignedSerializer SIGNED =
      SignedSerializer.around(AS_IS)
          .signingKey("fuzz", new byte[SignedSerializer.MIN_SECRET_BYTES])
          .limits(RoundTrip.LIMITS)
          .build();

  @FuzzTest
  void only_what_was_signed_is_read(byte[] envelope) {
    Object payload;
    try {
      payload = SIGNED.deserialize(envelope);
    } catch (MalformedPayloadException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    assertThat(SIGNED.serialize(payload)).isEqualTo(envelope);
  }

  /** The first three bytes say which byte to change, and how; the others are the payload. */
  @FuzzTest
  void a_signed_payload_is_read_and_a_changed_one_refused(byte[] input) {
    if (input.length < 3) {
      return;
    }
    PythonBytes payload = PythonBytes.fromArray(Arrays.copyOfRange(input, 3, input.length));
    byte[] envelope = SIGNED.serialize(payload);
    assertThat(SIGNED.deserialize(envelope)).isEqualTo(payload);

    int place = ((input[0] & 0xFF) << Byte.SIZE | (input[1] & 0xFF)) % envelope.length;
    envelope[place] ^= input[2] == 0 ? 1 : input[2];

    assertThatThrownBy(() -> SIGNED.deserialize(envelope))
        .isInstanceOf(MalformedPayloadException.class);
  }
}
