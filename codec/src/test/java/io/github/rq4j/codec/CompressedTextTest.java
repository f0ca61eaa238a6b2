package io.github.rq4j.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CompressedTextTest {
  private static final CodecLimits LIMITS = CodecLimits.defaults();

  @Test
  void a_text_is_deflated_to_the_bytes_of_pythons_zlib() {
    assertThat(HexFormat.of().formatHex(CompressedText.compress("Zeit \u00fcber \ud83d\ude00\n")))
        .isEqualTo("789c8b4acd2c5138bc2729b548e1c3fc190d5c003cec0746");
  }

  @Test
  void the_empty_text_that_rq_writes_when_a_job_is_requeued_is_empty() {
    byte[] stored = HexFormat.of().parseHex("789c030000000001");
    assertThat(CompressedText.expand(stored, LIMITS)).isEmpty();
    assertThat(CompressedText.compress("")).isEqualTo(stored);
  }

  @Test
  void a_text_that_rq_2_10_stored_is_read_and_written_alike() {
    byte[] stored =
        Base64.getDecoder()
            .decode(
                "eJyNkMtqwzAQRff+iiErOxirr4QS6LL9gtJlzEiMjWvZUmekpN302+vIKTGEQmelK4ZzuPPKaEij6SEf"
                    + "nARgMjQGMGgtWJRQ7DKAl84SrJTwQbXKdlrxhzo67omVRqHKf61KsN1IcLvZ3JTQjeCJG8dD/e70"
                    + "BICJGyKP9QFtJHiC6bs6r+TFH4a0cyHfbx+X5EQVsk1VM0m0YaLOkT7JxECJezXfy9nv/6d+uJvV"
                    + "v+hzo6W1iaPJ1+mJ3EoJ6zn0x1O8qojeq4DSy0KzTQ7t3NyNsROCt9PBnpkd54O0RXbJO+jRx5D9"
                    + "APKjj7k=");
    String text = CompressedText.expand(stored, LIMITS);
    assertThat(text)
        .startsWith("Traceback (most recent call last):\n")
        .endsWith("ValueError: kaput\n");
    assertThat(CompressedText.compress(text)).isEqualTo(stored);
  }

  @Test
  void plain_text_is_taken_as_it_is() {
    byte[] stored = "Traceback: Fl\u00fcge\n".getBytes(StandardCharsets.UTF_8);
    assertThat(CompressedText.expand(stored, LIMITS)).isEqualTo("Traceback: Fl\u00fcge\n");
  }

  @Test
  void a_cut_stream_is_taken_as_the_text_itself() {
    byte[] stored = CompressedText.compress("Traceback");
    assertThat(CompressedText.expand(Arrays.copyOf(stored, stored.length - 1), LIMITS))
        .startsWith("x\ufffd");
  }

  @Test
  void nothing_is_the_empty_text() {
    assertThat(CompressedText.expand(new byte[0], LIMITS)).isEmpty();
  }

  @Test
  void bytes_that_are_not_utf_8_become_replacement_characters() {
    assertThat(
            CompressedText.expand(new byte[] {'a', (byte) 0xed, (byte) 0xb0, (byte) 0x80}, LIMITS))
        .startsWith("a\ufffd");
  }

  @Test
  void lone_surrogates_are_written_as_escapes() {
    String text = "a\ud800b\udc80c\ud83d\ude00";
    assertThat(CompressedText.expand(CompressedText.compress(text), LIMITS))
        .isEqualTo("a\\ud800b\\udc80c\ud83d\ude00");
  }

  @Test
  void a_text_beyond_the_limit_is_malformed() {
    CodecLimits limits = CodecLimits.builder().maxInflatedBytes(1000).build();
    assertThat(CompressedText.expand(CompressedText.compress("a".repeat(1000)), limits))
        .hasSize(1000);
    assertThatThrownBy(
            () -> CompressedText.expand(CompressedText.compress("a".repeat(1001)), limits))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining("maxInflatedBytes");
  }

  @Property
  void every_text_without_lone_surrogates_comes_back(@ForAll String text) {
    String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertThat(CompressedText.expand(CompressedText.compress(whole), LIMITS)).isEqualTo(whole);
  }

  @Property
  void any_bytes_at_all_are_some_text(@ForAll byte[] stored) {
    assertThat(CompressedText.expand(stored, LIMITS)).isNotNull();
  }
}
