package io.github.rq4j.codec.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.UnsupportedValueException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What has to hold for bytes from anywhere: they are read or refused, what is read can be compared,
 * hashed and printed, and it is written so that it reads the same, or refused. Any exception but
 * the two for refusals is a finding.
 */
final class RoundTrip {
  /** Small enough for thousands of runs a second, large enough to get everywhere. */
  static final CodecLimits LIMITS =
      CodecLimits.builder()
          .maxStoredBytes(1 << 20)
          .maxInflatedBytes(1 << 20)
          .maxObjects(100_000)
          .maxMemoEntries(100_000)
          .maxDepth(1_000)
          .build();

  private final List<Serializer> exact;
  private final List<Serializer> ambiguous;

  /**
   * Creates the check.
   *
   * @param exact the first of them reads the bytes, each writes the value and reads it again
   * @param ambiguous write the value, too, but may give two values the same bytes; what they read
   *     in the place of the value has to stay the same from then on
   */
  RoundTrip(List<? extends Serializer> exact, List<? extends Serializer> ambiguous) {
    this.exact = List.copyOf(exact);
    this.ambiguous = List.copyOf(ambiguous);
  }

  /** Reads, uses, writes and reads again. */
  void check(byte[] bytes) {
    Reading reading = read(bytes);
    if (reading != null) {
      for (Serializer serializer : exact) {
        writeAndReadAgain(serializer, reading.value(), reading.isComparable());
      }
      for (Serializer serializer : ambiguous) {
        writeAndReadAsPythonWould(serializer, reading.value());
      }
    }
  }

  /** Reads and uses; null if the bytes are refused. */
  @Nullable Reading read(byte[] bytes) {
    byte[] given = bytes.clone();
    try {
      Object value = exact.get(0).deserialize(bytes);
      Object twin = exact.get(0).deserialize(bytes);
      assertThat(Arrays.equals(bytes, given)).as("reading leaves the bytes alone").isTrue();
      assertThat(String.valueOf(value)).isEqualTo(String.valueOf(twin));
      int hash = Objects.hashCode(value);
      assertThat(Objects.hashCode(value)).isEqualTo(hash);
      return new Reading(value, Objects.equals(value, twin));
    } catch (MalformedPayloadException | UnsupportedValueException e) {
      assertThat(e.getMessage()).isNotBlank();
      return null;
    }
  }

  private static void writeAndReadAsPythonWould(Serializer serializer, @Nullable Object value) {
    Object first;
    Object twin;
    try {
      byte[] written = serializer.serialize(value);
      first = serializer.deserialize(written);
      twin = serializer.deserialize(written);
    } catch (MalformedPayloadException | UnsupportedValueException e) {
      return;
    }
    writeAndReadAgain(serializer, first, Objects.equals(first, twin));
  }

  private static void writeAndReadAgain(
      Serializer serializer, @Nullable Object value, boolean isComparable) {
    byte[] written;
    try {
      written = serializer.serialize(value);
    } catch (UnsupportedValueException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    Object again = serializer.deserialize(written);
    if (isComparable && !Objects.equals(value, again)) {
      throw new AssertionError("reads as another value than was written");
    }
    if (!Arrays.equals(serializer.serialize(again), written)) {
      throw new AssertionError("is not written again as it was");
    }
  }

  /**
   * What was read.
   *
   * @param isComparable whether another reading is equal, as it is unless a part, such as an
   *     instance of a class that is not known, compares by identity
   */
  record Reading(@Nullable Object value, boolean isComparable) {}
}
