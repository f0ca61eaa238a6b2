package io.github.rq4j.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ZlibTest {
  private static byte[] deflate(byte[] plain) {
    return Zlib.deflate(Zlib.newDeflater(), plain);
  }

  private static byte @Nullable [] inflate(byte[] stored, CodecLimits limits) {
    return Zlib.inflate(new Inflater(), stored, limits).bytes();
  }

  @Property(tries = 200)
  void what_is_deflated_inflates_to_the_same(
      @ForAll @IntRange(max = 300_000) int size,
      @ForAll @IntRange(min = 1, max = 256) int symbols) {
    byte[] plain = new byte[size];
    Random random = new Random(size);
    for (int i = 0; i < size; i++) {
      plain[i] = (byte) random.nextInt(symbols);
    }
    assertThat(inflate(deflate(plain), CodecLimits.defaults())).isEqualTo(plain);
  }

  @Test
  void a_stream_of_exactly_the_limit_passes_and_one_byte_more_does_not() {
    CodecLimits limits = CodecLimits.builder().maxInflatedBytes(5000).build();
    assertThat(inflate(deflate(new byte[5000]), limits)).hasSize(5000);
    assertThatThrownBy(() -> inflate(deflate(new byte[5001]), limits))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessage(
            "what a zlib stream of 28 bytes inflates to exceeds the limit maxInflatedBytes of 5000"
                + " (CodecLimits.maxInflatedBytes)");
  }

  @Test
  void stored_bytes_beyond_the_limit_are_refused_unread() {
    CodecLimits limits = CodecLimits.builder().maxStoredBytes(10).build();
    assertThatThrownBy(() -> inflate(new byte[11], limits))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining("a payload of 11 bytes exceeds the limit maxStoredBytes of 10");
  }

  @Test
  void a_ratio_beyond_the_limit_is_refused_behind_the_grace() {
    byte[] stored = deflate(new byte[CodecLimits.INFLATE_RATIO_GRACE_BYTES + 1]);
    CodecLimits narrow = CodecLimits.builder().maxInflateRatio(100).build();
    assertThatThrownBy(() -> inflate(stored, narrow))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining("maxInflateRatio of 100");
    CodecLimits wide = CodecLimits.builder().maxInflateRatio(2000).build();
    assertThat(inflate(stored, wide)).hasSize(CodecLimits.INFLATE_RATIO_GRACE_BYTES + 1);
  }

  @Test
  void a_high_ratio_within_the_grace_passes() {
    CodecLimits limits = CodecLimits.builder().maxInflateRatio(2).build();
    assertThat(inflate(deflate(new byte[1_000_000]), limits)).hasSize(1_000_000);
  }

  @Test
  void trailing_bytes_do_not_buy_a_higher_ratio_than_they_weigh() {
    byte[] bomb = deflate(new byte[CodecLimits.INFLATE_RATIO_GRACE_BYTES + 1]);
    CodecLimits limits = CodecLimits.builder().maxInflateRatio(100).build();
    assertThatThrownBy(() -> inflate(Arrays.copyOf(bomb, bomb.length + 100), limits))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining("maxInflateRatio");
  }

  @Test
  void every_flipped_bit_is_either_found_or_harmless() {
    byte[] plain = "shop.tasks.ship shop.tasks.ship".getBytes(StandardCharsets.US_ASCII);
    byte[] stored = deflate(plain);
    for (int bit = 0; bit < stored.length * 8; bit++) {
      byte[] flipped = stored.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      byte[] inflated = inflate(flipped, CodecLimits.defaults());
      assertThat(inflated == null || Arrays.equals(inflated, plain)).as("bit %d", bit).isTrue();
    }
  }

  @Test
  void incompressible_bytes_survive_level_zero() {
    byte[] plain = new byte[100_000];
    new Random(1).nextBytes(plain);
    byte[] stored = Zlib.deflate(new Deflater(0), plain);
    assertThat(stored.length).isGreaterThan(plain.length);
    assertThat(inflate(stored, CodecLimits.defaults())).isEqualTo(plain);
  }
}
