package io.github.rq4j.codec.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.JobDataFormat;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

class JobDataFuzzTest {
  private static final int SLACK = 64;

  private static final RoundTrip ROUND_TRIP =
      new RoundTrip(
          List.of(
              new AsSerializer(
                  new JobDataFormat(
                      PickleSerializer.builder()
                          .limits(RoundTrip.LIMITS)
                          .allowGlobals(global -> true)
                          .build(),
                      RoundTrip.LIMITS))),
          List.of());

  @FuzzTest
  void any_stored_bytes_are_a_call_or_refused(byte[] stored) {
    ROUND_TRIP.check(stored);
  }

  /** A fuzzer hardly ever finds the checksum of a stream that it has changed. */
  @FuzzTest
  void any_bytes_in_a_zlib_stream_are_a_call_or_refused(byte[] plain) {
    Deflater deflater = new Deflater(Deflater.NO_COMPRESSION);
    try {
      deflater.setInput(plain);
      deflater.finish();
      byte[] stored = new byte[plain.length + plain.length / 100 + SLACK];
      ROUND_TRIP.check(Arrays.copyOf(stored, deflater.deflate(stored)));
    } finally {
      deflater.end();
    }
  }

  /** The format as if it were a serializer of calls. */
  private record AsSerializer(JobDataFormat format) implements Serializer {
    @Override
    public byte[] serialize(@Nullable Object value) {
      return format.encode((JobData) Objects.requireNonNull(value));
    }

    @Override
    public Object deserialize(byte[] bytes) {
      return format.decode(bytes);
    }
  }
}
