package io.github.rq4j.codec.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.rq4j.codec.json.JsonSerializer;
import java.util.List;

class JsonFuzzTest {
  private static final RoundTrip ROUND_TRIP =
      new RoundTrip(List.of(JsonSerializer.withLimits(RoundTrip.LIMITS)), List.of());

  @FuzzTest
  void any_bytes_are_a_usable_value_or_refused(byte[] text) {
    ROUND_TRIP.check(text);
  }
}
