package io.github.rq4j.codec.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonNumbersTest {
  @Property
  void a_decimal_reads_as_the_same_number_with_the_same_exponent(
      @ForAll @Scale(30) BigDecimal number) {
    assertThat(PythonDecimal.parse(number.toString())).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({
    "1.50, 1.50",
    "'  -1_000.5e-3 ', -1.0005",
    "+.5, 0.5",
    "5., 5",
    "1_000, 1000",
    "1E-2147483647, 1E-2147483647",
    "1e5, 1E+5",
    "0E+3, 0E+3",
    "000123, 123",
    "\u0661\u0662, 12"
  })
  void finite_decimals_are_big_decimals(String text, String expected) {
    assertThat(PythonDecimal.parse(text)).isEqualTo(new BigDecimal(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "-0, -0",
    "-0.00, -0.00",
    "-0E+2, -0E+2",
    "-0e-10, -0E-10",
    "-0.000000, -0.000000",
    "nan, NaN",
    "-NaN00123, -NaN123",
    "sNaN, sNaN",
    "NaN0, NaN",
    "inf, Infinity",
    "-iNfInItY, -Infinity",
    "1E+9999999999, 1E+9999999999",
    "0E+9999999999, 0E+9999999999",
    "0E+999999999999999999, 0E+999999999999999999",
    "1E+999999999999999999, 1E+999999999999999999",
    "1E-999999999999999999, 1E-999999999999999999",
    "-0E-6, -0.000000",
    "-0E-7, -0E-7",
    "10E+9999999999, 1.0E+10000000000",
    "-12.5e-9999999999, -1.25E-9999999998"
  })
  void what_a_big_decimal_cannot_hold_is_kept_in_pythons_text(String text, String expected) {
    assertThat(PythonDecimal.parse(text)).isEqualTo(new PythonDecimal(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "abc", "1.2.3", "1e", ".", "--1", "0x10", "1e1e1", "infin", "1 2", "nanx"})
  void other_texts_are_no_decimals(String text) {
    assertThatThrownBy(() -> PythonDecimal.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e1000000000000000000", "1e-1000000000000000000", "1e99999999999999999999999"})
  void exponents_that_python_refuses_are_refused(String text) {
    assertThatThrownBy(() -> PythonDecimal.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exponent");
  }

  @Test
  void special_decimals_tell_what_they_are() {
    assertThat(new PythonDecimal("sNaN1").isNaN()).isTrue();
    assertThat(new PythonDecimal("-Infinity").isInfinite()).isTrue();
    assertThat(new PythonDecimal("-Infinity").isNegative()).isTrue();
    assertThat(new PythonDecimal("-0.0").isZero()).isTrue();
    assertThat(new PythonDecimal("-0E+10").isZero()).isTrue();
    assertThat(new PythonDecimal("-0.1E+9999999999").isZero()).isFalse();
    assertThat(new PythonDecimal("1E+9999999999").isZero()).isFalse();
    assertThat(new PythonDecimal("NaN").isZero()).isFalse();
    assertThat(new PythonDecimal("Infinity").isNegative()).isFalse();
    assertThat(new PythonDecimal("1E+9999999999")).hasToString("1E+9999999999");
  }

  @Test
  void a_fraction_is_in_lowest_terms_with_the_sign_above() {
    assertThat(fraction(6, -4)).isEqualTo(fraction(-3, 2)).hasToString("Fraction(-3, 2)");
    assertThat(fraction(0, -7)).isEqualTo(fraction(0, 1));
  }

  @Test
  void a_fraction_needs_a_denominator() {
    assertThatThrownBy(() -> fraction(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_range_needs_a_step() {
    assertThat(PythonRange.of(0, 10, -2)).hasToString("range(0, 10, -2)");
    assertThatThrownBy(() -> PythonRange.of(0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_huge_integer_is_described_instead_of_printed() {
    PythonList list = PythonList.of(BigInteger.TWO.pow(1_000_000), BigInteger.TWO.pow(64));

    assertThat(list).hasToString("[<int of 1000001 bits>, 18446744073709551616]");
  }

  @Test
  void a_slice_has_three_parts_of_any_kind() {
    PythonSlice slice = PythonSlice.of(1L, null, "x");

    assertThat(slice.start()).isEqualTo(1L);
    assertThat(slice.stop()).isNull();
    assertThat(PythonSlice.of(null, 2L, null).stop()).isEqualTo(2L);
    assertThat(slice.step()).isEqualTo("x");
    assertThat(slice)
        .isEqualTo(PythonSlice.of(1L, null, "x"))
        .hasSameHashCodeAs(PythonSlice.of(1L, null, "x"))
        .isNotEqualTo(PythonSlice.of(1L, 2L, "x"))
        .isNotEqualTo(PythonTuple.of(1L, null, "x"))
        .hasToString("slice(1, None, 'x')");
  }

  @Test
  void the_singletons_go_by_their_python_names() {
    assertThat(PythonSingleton.ELLIPSIS).hasToString("Ellipsis");
    assertThat(PythonSingleton.NOT_IMPLEMENTED.pythonName()).isEqualTo("NotImplemented");
  }

  private static PythonFraction fraction(long numerator, long denominator) {
    return new PythonFraction(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }
}
