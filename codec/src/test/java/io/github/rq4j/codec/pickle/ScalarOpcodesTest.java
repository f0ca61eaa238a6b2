package io.github.rq4j.codec.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.python.PythonByteArray;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonList;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarOpcodesTest {
  @Test
  void none_and_booleans_are_constants() {
    assertThat(Pickles.read("N.")).isNull();
    assertThat(Pickles.read("\u0088.")).isEqualTo(true);
    assertThat(Pickles.read("\u0089.")).isEqualTo(false);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5",
    "' 5', 5",
    "'5 ', 5",
    "+5, 5",
    "-5, -5",
    "010, 8",
    "0x1f, 31",
    "-0X1F, -31",
    "0, 0",
    "0o17, 15",
    "0b101, 5",
    "1_000, 1000",
    "-1_0, -10",
    "0x_f, 15",
    "007, 7",
    "00_0, 0",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808"
  })
  void an_int_line_follows_the_rules_of_c_and_then_of_python(String line, long value) {
    assertThat(Pickles.read("I" + line + "\n.")).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"01, true", "00, false", "+1, true", "-0, false", "' 1', true"})
  void an_int_line_of_two_characters_that_is_0_or_1_is_a_boolean(String line, boolean value) {
    assertThat(Pickles.read("I" + line + "\n.")).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"I9223372036854775808", "I-9223372036854775809", "L9223372036854775808L"})
  void a_line_beyond_64_bits_is_a_big_integer(String line) {
    assertThat(Pickles.read(line + "\n."))
        .isEqualTo(new BigInteger(line.substring(1).replace("L", "")));
  }

  @ParameterizedTest
  @CsvSource({
    "5L, 5",
    "5, 5",
    "-5L, -5",
    "' 12 L', 12",
    "1_0L, 10",
    "0x10L, 16",
    "0L, 0",
    "000, 0",
    "'1\u0000x', 1"
  })
  void a_long_line_is_a_literal_of_python(String line, long value) {
    assertThat(Pickles.read("L" + line + "\n.")).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I", "Iabc", "I5L", "I1.5", "I12x", "I08", "I0x", "I1__0", "I_1", "I1_", "I-", "I0x1g", "L",
        "LL", "L0010", "L5LL", "Labc", "L1__0", "L--5", "\u0661", "I\u00b2", "F", "Fabc", "F1.5d",
        "F0x1p3", "F1_0", "F 1", "F1 ", "F1e", "F1e999", "F-1e999", "F.", "Finfin", "Fnan1", "F1f"
      })
  void other_lines_are_no_numbers(String line) {
    assertThatThrownBy(() -> Pickles.read(line + "\n."))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageStartingWith("pickle, byte 0");
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 1.5",
    "-0.0, -0.0",
    "1., 1.0",
    ".5, 0.5",
    "1e5, 1e5",
    "-1.5E-3, -0.0015",
    "5, 5.0",
    "inf, Infinity",
    "-Infinity, -Infinity",
    "+INF, Infinity",
    "1e-999, 0.0"
  })
  void a_float_line_follows_the_rules_of_python(String line, double value) {
    assertThat(Pickles.read("F" + line + "\n.")).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"nan, 7ff8000000000000", "NaN, 7ff8000000000000", "-nan, fff8000000000000"})
  void nan_keeps_its_sign(String line, String bits) {
    Double value = (Double) Pickles.read("F" + line + "\n.");

    assertThat(value).isNotNull();
    assertThat(Long.toHexString(Double.doubleToRawLongBits(value))).isEqualTo(bits);
  }

  @Property
  void binary_floats_keep_all_their_bits(@ForAll long bits) {
    byte[] pickle = ByteBuffer.allocate(10).put((byte) 'G').putLong(bits).put((byte) '.').array();

    Double value = (Double) Pickles.read(pickle);

    assertThat(value).isNotNull();
    assertThat(Double.doubleToRawLongBits(value)).isEqualTo(bits);
  }

  @Property
  void binary_integers_of_four_bytes_are_signed(@ForAll int number) {
    byte[] pickle =
        ByteBuffer.allocate(6)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 'J')
            .putInt(number)
            .put((byte) '.')
            .array();

    assertThat(Pickles.read(pickle)).isEqualTo((long) number);
  }

  @Test
  void short_binary_integers_are_unsigned() {
    assertThat(Pickles.read("K\u00ff.")).isEqualTo(255L);
    assertThat(Pickles.read("M\u00fe\u00ff.")).isEqualTo(65534L);
  }

  @Property
  void long_integers_of_any_width_read_as_long_or_big_integer(
      @ForAll
          @BigRange(
              min = "-340282366920938463463374607431768211456",
              max = "340282366920938463463374607431768211456")
          BigInteger number) {
    byte[] bigEndian = number.toByteArray();
    StringBuilder pickle = new StringBuilder("\u008a").append((char) bigEndian.length);
    for (int i = bigEndian.length - 1; i >= 0; i--) {
      pickle.append((char) (bigEndian[i] & 0xFF));
    }
    Object expected = number.bitLength() < 64 ? (Object) number.longValue() : number;

    assertThat(Pickles.read(pickle.append('.').toString())).isEqualTo(expected);
  }

  @Test
  void integers_need_not_be_as_short_as_they_could() {
    assertThat(Pickles.read("\u008a\u0000.")).isEqualTo(0L);
    assertThat(Pickles.read("\u008a\u0003\u0005\u0000\u0000.")).isEqualTo(5L);
    assertThat(Pickles.read("\u008b\u0009\u0000\u0000\u0000" + "\u00ff".repeat(9) + "."))
        .isEqualTo(-1L);
    assertThat(Pickles.read("\u008b\u0000\u0000\u0000\u0000.")).isEqualTo(0L);
  }

  @Test
  void a_negative_length_of_an_integer_is_refused() {
    assertThatThrownBy(() -> Pickles.read("\u008b\u00ff\u00ff\u00ff\u00ff."))
        .hasMessage("pickle, byte 0, LONG4: the length is negative");
  }

  @Property(tries = 300)
  void text_in_utf8_reads_as_itself(@ForAll String text) {
    // Surrogates that stand alone are tested below: Java's encoder drops them.
    String sound = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    byte[] utf8 = sound.getBytes(StandardCharsets.UTF_8);
    byte[] pickle =
        ByteBuffer.allocate(utf8.length + 6)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 'X')
            .putInt(utf8.length)
            .put(utf8)
            .put((byte) '.')
            .array();

    assertThat(Pickles.read(pickle)).isEqualTo(sound);
  }

  @Test
  void lone_surrogates_stay_as_they_are() {
    assertThat(Pickles.read("\u008c\u0003\u00ed\u00a0\u00bd.")).isEqualTo("\ud83d");
    assertThat(Pickles.read("\u008c\u0005a\u00ed\u00b8\u0080b.")).isEqualTo("a\ude00b");
  }

  @Test
  void the_replacement_character_is_a_character_like_any() {
    assertThat(Pickles.read("\u008c\u0006\u00ef\u00bf\u00bd\u00c3\u00a9x."))
        .isEqualTo("\ufffd\u00e9x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00ff",
        "\u0080",
        "\u00c3",
        "\u00c0\u0080",
        "\u00c1\u00bf",
        "\u00e0\u0080\u0080",
        "\u00e0\u009f\u00bf",
        "\u00f0\u0080\u0080\u0080",
        "\u00f4\u0090\u0080\u0080",
        "\u00f5\u0080\u0080\u0080",
        "ab\u00e2\u0082",
        "\u00c3(",
        "\u00ed\u00a0"
      })
  void text_that_is_not_utf8_is_refused(String content) {
    assertThatThrownBy(() -> Pickles.read("\u008c" + (char) content.length() + content + "."))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessage("pickle, byte 0, SHORT_BINUNICODE: the text is not valid UTF-8");
    assertThatThrownBy(
            () ->
                Pickles.read("X" + (char) content.length() + "\u0000\u0000\u0000" + content + "."))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessage("pickle, byte 0, BINUNICODE: the text is not valid UTF-8");
  }

  @Test
  void equal_texts_of_one_character_are_one_object() {
    PythonList list =
        (PythonList)
            Pickles.read("](\u008c\u0001a\u008c\u0001aX\u0001\u0000\u0000\u0000aVa\nU\u0001ae.");

    assertThat(list).isNotNull().allMatch(text -> text == list.get(0));
    PythonList accents =
        (PythonList) Pickles.read("](\u008c\u0002\u00c3\u00a9\u008c\u0002\u00c3\u00a9V\u00e9\ne.");
    assertThat(accents).isNotNull().allMatch(text -> text == accents.get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "abc, abc",
    "'', ''",
    "\u00e9, \u00e9",
    "\\u20ac, \u20ac",
    "x\\U0001f600y, x\ud83d\ude00y",
    "\\ud83d, \ud83d",
    "\\\\u0041, '\\\\u0041'",
    "\\x41, \\x41",
    "a\\, a\\"
  })
  void a_unicode_line_is_latin_1_with_escapes(String line, String text) {
    assertThat(Pickles.read("V" + line + "\n.")).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u12", "\\u", "\\u12g4", "\\U0001f60", "\\U00110000", "\\Uffffffff"})
  void a_unicode_line_with_a_bad_escape_is_refused(String line) {
    assertThatThrownBy(() -> Pickles.read("V" + line + "\n."))
        .hasMessage("pickle, byte 0, UNICODE: an escape is cut short or out of range");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "\"abc\", abc",
        "'a'b', a'b",
        "'\"', \"",
        "'\\n\\t\\r\\a\\b\\f\\v', `\n\t\r\u0007\b\f\u000b`",
        "'\\x41\\101\\7\\0601', `AA\u000701`",
        "'\\\\ \\' \\\"', \\ ' \"",
        "'\\q\\8', \\q\\8",
        "'', ``"
      })
  void a_string_line_is_quoted_and_has_the_escapes_of_python(String line, String text) {
    assertThat(Pickles.read("S" + line + "\n.")).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "'abc", "'abc\"", "'", "'\\x4'", "'\\'", "'\\xg0'", "xabcx"})
  void a_string_line_without_quotes_or_with_a_bad_escape_is_refused(String line) {
    assertThatThrownBy(() -> Pickles.read("S" + line + "\n."))
        .hasMessage("pickle, byte 0, STRING: the line is not a quoted string");
  }

  @Test
  void strings_of_python_2_are_text_if_they_are_utf8() {
    assertThat(Pickles.read("U\u0002\u00c3\u00a9.")).isEqualTo("\u00e9");
    assertThat(Pickles.read("T\u0002\u0000\u0000\u0000ab.")).isEqualTo("ab");
    assertThat(Pickles.read("S'\\xc3\\xa9'\n.")).isEqualTo("\u00e9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00e9", "\u00ed\u00a0\u00bd", "\u00ed\u00a0\u00bd\u00ed\u00b8\u0080"})
  void strings_of_python_2_are_bytes_if_they_are_not_utf8(String content) {
    assertThat(Pickles.read("U" + (char) content.length() + content + "."))
        .isEqualTo(PythonBytes.fromArray(Pickles.bytes(content)));
  }

  @Test
  void strings_of_python_2_can_be_read_as_latin_1_or_as_bytes() {
    byte[] pickle = Pickles.bytes("U\u0002\u00c3\u00a9.");
    CodecLimits limits = CodecLimits.defaults();

    assertThat(new PickleReader(pickle, limits, Python2Strings.LATIN1).read())
        .isEqualTo("\u00c3\u00a9");
    assertThat(new PickleReader(pickle, limits, Python2Strings.BYTES).read())
        .isEqualTo(PythonBytes.fromArray(new byte[] {(byte) 0xc3, (byte) 0xa9}));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C\u0002ab.",
        "B\u0002\u0000\u0000\u0000ab.",
        "\u008e\u0002\u0000\u0000\u0000\u0000\u0000\u0000\u0000ab.",
        "C\u0002ab\u0098."
      })
  void bytes_of_all_widths_are_bytes(String pickle) {
    assertThat(Pickles.read(pickle)).isEqualTo(PythonBytes.fromArray(new byte[] {'a', 'b'}));
  }

  @Test
  void text_of_a_length_of_eight_bytes_is_text() {
    assertThat(Pickles.read("\u008d\u0002\u0000\u0000\u0000\u0000\u0000\u0000\u0000ab."))
        .isEqualTo("ab");
  }

  @Test
  void a_bytearray_is_mutable_bytes() {
    PythonByteArray array =
        (PythonByteArray) Pickles.read("\u0096\u0002\u0000\u0000\u0000\u0000\u0000\u0000\u0000ab.");

    assertThat(array).isNotNull();
    assertThat(array.toByteArray()).containsExactly('a', 'b');
  }
}
