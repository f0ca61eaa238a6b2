package io.github.rq4j.codec.signed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.codec.python.PythonList;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedSerializerTest {
  private static final HexFormat HEX = HexFormat.of();

  /** {@code [1]} as JSON, by key 2026-11; computed with Python's hmac. */
  private static final String GOLDEN =
      "52513453"
          + "01"
          + "07"
          + "323032362d3131"
          + "d5b9c1cdd7a4b3567c7166b9706e9d17f250f83d8d4fc68c27ad582cb5f39450"
          + "5b315d";

  private static final int FIRST_MAC_BYTE = 13;

  private static final Serializer UNTOUCHABLE =
      new Serializer() {
        @Override
        public byte[] serialize(@Nullable Object value) {
          return JsonSerializer.defaults().serialize(value);
        }

        @Override
        public @Nullable Object deserialize(byte[] bytes) {
          throw new AssertionError("the payload was parsed");
        }
      };

  private static SignedSerializer json() {
    return TestKeys.around(JsonSerializer.defaults()).build();
  }

  private static void assertRefused(byte[] envelope, String... inMessage) {
    assertThatThrownBy(() -> TestKeys.around(UNTOUCHABLE).build().deserialize(envelope))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContainingAll(inMessage);
  }

  @Test
  void an_envelope_is_magic_version_key_id_mac_and_payload() {
    assertThat(HEX.formatHex(json().serialize(PythonList.of(1L)))).isEqualTo(GOLDEN);
  }

  @Test
  void what_is_signed_with_the_key_is_read() {
    assertThat(json().deserialize(HEX.parseHex(GOLDEN))).isEqualTo(List.of(1L));
  }

  @Test
  void an_accepted_key_opens_what_was_signed_with_it() {
    byte[] old =
        SignedSerializer.around(PickleSerializer.defaults())
            .signingKey("old.key", TestKeys.OLD)
            .build()
            .serialize("x");

    SignedSerializer rotated =
        TestKeys.around(PickleSerializer.defaults()).acceptedKey("old.key", TestKeys.OLD).build();

    assertThat(rotated.deserialize(old)).isEqualTo("x");
    assertThat(rotated.serialize("x")).containsSequence(HEX.parseHex("07323032362d3131"));
  }

  @Test
  void a_key_that_is_not_accepted_is_refused_by_name() {
    byte[] old =
        SignedSerializer.around(PickleSerializer.defaults())
            .signingKey("old.key", TestKeys.OLD)
            .build()
            .serialize("x");

    assertRefused(old, "key old.key is not among those accepted, [2026-11]");
  }

  @Test
  void another_secret_under_the_same_id_is_refused() {
    byte[] forged =
        SignedSerializer.around(PickleSerializer.defaults())
            .signingKey("2026-11", TestKeys.OLD)
            .build()
            .serialize("x");

    assertRefused(forged, "signature is not that of key 2026-11");
  }

  @Test
  void every_changed_bit_is_refused() {
    byte[] envelope = HEX.parseHex(GOLDEN);
    for (int bit = 0; bit < envelope.length * Byte.SIZE; bit++) {
      byte[] changed = envelope.clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertRefused(changed, "signed payload: ");
    }
  }

  @Test
  void every_prefix_is_refused() {
    byte[] envelope = HEX.parseHex(GOLDEN);
    for (int length = 0; length < envelope.length; length++) {
      assertRefused(Arrays.copyOf(envelope, length), "signed payload: ");
    }
  }

  @Test
  void bytes_behind_the_payload_are_refused() {
    byte[] envelope = HEX.parseHex(GOLDEN);

    assertRefused(Arrays.copyOf(envelope, envelope.length + 1), "signature is not that of");
  }

  @Test
  void an_unsigned_payload_is_refused() {
    assertRefused(PickleSerializer.defaults().serialize("x"), "there is no signature");
    assertRefused("[1]".getBytes(StandardCharsets.UTF_8), "there is no signature");
  }

  @Test
  void a_key_id_of_other_characters_is_not_repeated() {
    byte[] envelope = HEX.parseHex(GOLDEN);
    envelope[FIRST_MAC_BYTE - 1] = '\n';

    assertRefused(envelope, "byte 5: the key id is not one");
  }

  @Test
  void an_unknown_version_is_refused_by_number() {
    byte[] envelope = HEX.parseHex(GOLDEN);
    envelope[4] = (byte) 200;

    assertRefused(envelope, "byte 4: version 200");
  }

  @Test
  void an_unsuspecting_reader_refuses_an_envelope_at_its_first_byte() {
    assertThatThrownBy(() -> PickleSerializer.defaults().deserialize(HEX.parseHex(GOLDEN)))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining("byte 0");
  }

  @Test
  void an_envelope_beyond_the_limit_is_refused_before_its_mac_is_computed() {
    CodecLimits limits = CodecLimits.builder().maxInflatedBytes(1000).build();
    SignedSerializer limited = TestKeys.around(UNTOUCHABLE).limits(limits).build();

    assertThatThrownBy(() -> limited.deserialize(new byte[1103]))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining("maxInflatedBytes");
    assertThatThrownBy(() -> limited.deserialize(new byte[1102]))
        .hasMessageContaining("there is no signature");
  }

  @Test
  void the_payload_is_everything_behind_the_mac_even_if_empty() {
    SignedSerializer signed = TestKeys.around(TestKeys.AS_IS).build();
    Object nothing = TestKeys.AS_IS.deserialize(new byte[0]);

    assertThat(signed.deserialize(signed.serialize(nothing))).isEqualTo(nothing);
  }

  @Test
  void a_secret_changed_by_its_owner_stays_as_it_was_given() {
    byte[] secret = TestKeys.NEW.clone();
    SignedSerializer signed =
        SignedSerializer.around(JsonSerializer.defaults()).signingKey("2026-11", secret).build();
    Arrays.fill(secret, (byte) 0);

    assertThat(HEX.formatHex(signed.serialize(PythonList.of(1L)))).isEqualTo(GOLDEN);
  }

  @Test
  void only_the_ids_of_keys_are_printed() {
    assertThat(
            TestKeys.around(JsonSerializer.defaults()).acceptedKey("old.key", TestKeys.OLD).build())
        .hasToString("SignedSerializer[signs with 2026-11, accepts [2026-11, old.key]]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ä", "a\n", "a/b"})
  void a_key_id_with_other_characters_cannot_be_configured(String id) {
    assertThatThrownBy(() -> TestKeys.around(UNTOUCHABLE).acceptedKey(id, TestKeys.OLD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("A-Z a-z 0-9 . _ -");
  }

  @Test
  void a_key_id_has_64_characters_at_the_most() {
    SignedSerializer signed =
        SignedSerializer.around(JsonSerializer.defaults())
            .signingKey("a".repeat(64), TestKeys.OLD)
            .build();

    assertThat(signed.deserialize(signed.serialize(true))).isEqualTo(true);
    assertThatThrownBy(() -> TestKeys.around(UNTOUCHABLE).acceptedKey("a".repeat(65), TestKeys.OLD))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_short_secret_is_refused_without_printing_it() {
    assertThatThrownBy(() -> TestKeys.around(UNTOUCHABLE).acceptedKey("k", new byte[31]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the secret of key k has 31 bytes; 32 random ones are the least");
  }

  @Test
  void one_id_has_one_secret() {
    SignedSerializer.Builder builder = TestKeys.around(UNTOUCHABLE);

    assertThat(builder.acceptedKey("2026-11", TestKeys.NEW)).isSameAs(builder);
    assertThatThrownBy(() -> builder.acceptedKey("2026-11", TestKeys.OLD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("key 2026-11 was given two secrets");
  }

  @Test
  void there_has_to_be_a_key_to_sign_with() {
    SignedSerializer.Builder builder =
        SignedSerializer.around(UNTOUCHABLE).acceptedKey("k", TestKeys.OLD);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("signingKey");
  }
}
