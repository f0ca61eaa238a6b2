package io.github.rq4j.codec.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.MalformedPayloadException;
import java.math.BigInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReaderLimitsTest {
  @Test
  void a_pickle_may_have_as_many_bytes_as_allowed() {
    UnaryOperator<CodecLimits.Builder> limit = limits -> limits.maxInflatedBytes(4);

    assertThat(read("K\u0001N.", limit)).isNull();
    refused("K\u0001NN.", limit, "a pickle of 5 bytes exceeds the limit maxInflatedBytes of 4");
  }

  @Test
  void as_many_values_as_allowed_may_be_made() {
    UnaryOperator<CodecLimits.Builder> limit = limits -> limits.maxObjects(3);

    assertThat(read("(NNl.", limit)).isNotNull();
    assertThat(read("N2\u0086.", limit)).isNotNull();
    refused("(NNNl.", limit, "byte 4, LIST: what the pickle asks for exceeds the limit maxObjects");
    refused("NN2\u0086.", limit, "byte 3, TUPLE2");
    refused("NNNN.", limit, "byte 3, NONE");
  }

  @Test
  void as_many_memo_entries_as_allowed_may_be_made() {
    UnaryOperator<CodecLimits.Builder> limit = limits -> limits.maxMemoEntries(2);

    assertThat(read("N\u0094q\u0005.", limit)).isNull();
    refused("N\u0094\u0094\u0094.", limit, "byte 3, MEMOIZE: what the pickle asks for exceeds");
    refused("N\u0094\u0094q\u0007.", limit, "maxMemoEntries of 2");
  }

  @Test
  void text_and_bytes_may_be_as_long_as_allowed() {
    UnaryOperator<CodecLimits.Builder> limit = limits -> limits.maxTextBytes(3);

    assertThat(read("X\u0003\u0000\u0000\u0000abc.", limit)).isEqualTo("abc");
    refused("X\u0004\u0000\u0000\u0000abcd.", limit, "byte 0, BINUNICODE");
    refused("B\u0004\u0000\u0000\u0000abcd.", limit, "maxTextBytes of 3");
    refused("T\u0004\u0000\u0000\u0000abcd.", limit, "maxTextBytes of 3");
    refused("Vabcd\n.", limit, "maxTextBytes of 3");
    refused("\u0096\u0004\u0000\u0000\u0000\u0000\u0000\u0000\u0000abcd.", limit, "maxTextBytes");
  }

  @Test
  void numbers_may_have_as_many_digits_as_allowed() {
    UnaryOperator<CodecLimits.Builder> limit = limits -> limits.maxIntDigits(20);

    assertThat(read("L" + "9".repeat(20) + "L\n.", limit))
        .isEqualTo(new BigInteger("9".repeat(20)));
    refused("L" + "9".repeat(21) + "L\n.", limit, "byte 0, LONG: what the pickle asks for exceeds");
    refused("I" + "9".repeat(21) + "\n.", limit, "maxIntDigits of 20");
    refused(
        "cdecimal\nDecimal\nV" + "9".repeat(21) + "\n\u0085R.", limit, "REDUCE: what the pickle");
  }

  @Test
  void binary_integers_may_have_as_many_bytes_as_allowed() {
    UnaryOperator<CodecLimits.Builder> limit = limits -> limits.maxIntBytes(9);

    assertThat(read("\u008a\u0009" + "\u0001".repeat(9) + ".", limit))
        .isInstanceOf(BigInteger.class);
    refused(
        "\u008a\n" + "\u0001".repeat(10) + ".", limit, "byte 0, LONG1: what the pickle asks for");
  }

  @Test
  void as_many_marks_as_allowed_may_be_open() {
    UnaryOperator<CodecLimits.Builder> limit = limits -> limits.maxOpenMarks(8);

    assertThat(read("(".repeat(8) + "t".repeat(8) + ".", limit)).isNotNull();
    refused("(".repeat(9) + "t".repeat(9) + ".", limit, "byte 8, MARK: what the pickle asks for");
  }

  @Test
  void marks_beyond_the_usual_number_are_counted_exactly() {
    UnaryOperator<CodecLimits.Builder> limit = limits -> limits.maxOpenMarks(100);

    assertThat(read("(".repeat(100) + "t".repeat(100) + ".", limit)).isNotNull();
    refused("(".repeat(101) + "t".repeat(101) + ".", limit, "byte 100, MARK");
  }

  @Test
  void long_keys_count_each_time_they_are_used() {
    UnaryOperator<CodecLimits.Builder> limit = limits -> limits.maxObjects(20);
    String key = "}X\u0000\u0008\u0000\u0000" + "k".repeat(2048) + "q\u0000Ns";

    assertThat(read(key + "h\u0000Ns".repeat(8) + ".", limit)).isNotNull();
    refused(
        "}X\u0000@\u0000\u0000" + "k".repeat(16384) + "q\u0000Nsh\u0000Ns.",
        limit,
        "SETITEM: what the pickle asks for exceeds the limit maxObjects of 20");
  }

  @Test
  void a_state_set_again_counts_its_attributes() {
    UnaryOperator<CodecLimits.Builder> limit = limits -> limits.maxObjects(20);

    refused(
        "cm\nC\n)\u0081}(K\u0001NK\u0002NK\u0003Nuq\u0000b" + "h\u0000b".repeat(3) + ".",
        limit,
        "BUILD: what the pickle asks for exceeds the limit maxObjects of 20");
  }

  private static @Nullable Object read(String pickle, UnaryOperator<CodecLimits.Builder> limit) {
    return Pickles.read(pickle, limit.apply(CodecLimits.builder()).build());
  }

  private static void refused(
      String pickle, UnaryOperator<CodecLimits.Builder> limit, String message) {
    assertThatThrownBy(() -> read(pickle, limit))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining(message);
  }
}
