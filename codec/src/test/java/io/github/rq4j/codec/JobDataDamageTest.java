package io.github.rq4j.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.codec.pickle.PickleSerializer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Whatever bytes stand in the data field: a call comes out, or one of the codec's exceptions. */
class JobDataDamageTest {
  private static final JobDataFormat FORMAT =
      new JobDataFormat(PickleSerializer.defaults(), CodecLimits.defaults());

  /** Deflated and plain calls of several protocols, one of a method, one of Python 2. */
  private static final List<String> STORED =
      List.of(
          "789c6b609daac100011a3d9c2589c5d9c57a89292953fcbc995aa7d44ed1e861ac9ce2cddcc35835a58729"
              + "bb7c4a69c9143d0067f91030",
          "28567461736b732e6164640a70310a4e2849320a7470320a286470330a56790a49330a73567a0a566b770a"
              + "70340a737470350a2e",
          "8002285504706c7573710163666f726d735f6d6f640a430a7102298171037d71045501624b0373624b0585"
              + "71057d71067471072e",
          "8005952100000000000000288c0c666f726d735f6d6f642e666e944e4b0185947d948c0179944b02737494"
              + "2e");

  private static void read(byte[] stored) {
    try {
      JobData job = FORMAT.decode(stored);
      assertThat(CallDescription.of(job)).startsWith(job.functionName() + "(");
    } catch (CodecException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Test
  void every_prefix_is_read_or_refused() {
    for (String hex : STORED) {
      byte[] whole = HexFormat.of().parseHex(hex);
      for (int length = 0; length < whole.length; length++) {
        read(Arrays.copyOf(whole, length));
      }
    }
  }

  @Test
  void every_changed_byte_is_read_or_refused() {
    for (String hex : STORED) {
      byte[] whole = HexFormat.of().parseHex(hex);
      for (int at = 0; at < whole.length; at++) {
        for (int value = 0; value < 256; value++) {
          byte[] changed = whole.clone();
          changed[at] = (byte) value;
          read(changed);
        }
      }
    }
  }

  @Property
  void any_bytes_are_read_or_refused(@ForAll byte[] stored) {
    read(stored);
  }

  @Property
  void any_bytes_in_a_zlib_stream_are_read_or_refused(@ForAll byte[] plain) {
    read(Zlib.deflate(Zlib.newDeflater(), plain));
  }
}
