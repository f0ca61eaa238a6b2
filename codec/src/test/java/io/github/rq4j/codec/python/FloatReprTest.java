package io.github.rq4j.codec.python;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FloatReprTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0",
        "-0.0",
        "1.5",
        "-2.5",
        "123.456",
        "0.3",
        "0.30000000000000004",
        "999999999999999.0",
        "999999999999999.5",
        "1000000000000000.0",
        "9999999999999998.0",
        "123456789000000.0",
        "0.0001",
        "0.0012",
        "0.00012345678901234567",
        "1e-05",
        "1.5e-07",
        "9.999e-05",
        "1e-10",
        "1e+16",
        "1.2345678901234568e+17",
        "1e+22",
        "1e+100",
        "1.7976931348623157e+308"
      })
  void a_float_is_written_as_short_as_it_reads_back(String text) {
    assertThat(PythonRepr.ofFloat(Double.parseDouble(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5e-324", "1.5e-323", "2.225073858507201e-308"})
  void a_float_next_to_zero_has_fewer_digits(String text) {
    assertThat(PythonRepr.ofFloat(Double.parseDouble(text))).isEqualTo(text);
  }

  /** Their nearest decimals of so many digits lie on the narrow side, and do not read back. */
  @ParameterizedTest
  @CsvSource({
    "-44, 5.684341886080802e-14",
    "-24, 5.960464477539063e-08",
    "-1000, 9.332636185032189e-302",
    "-1022, 2.2250738585072014e-308",
    "59, 5.764607523034235e+17"
  })
  void a_power_of_two_is_written_as_short_as_it_reads_back(int exponent, String text) {
    assertThat(PythonRepr.ofFloat(Math.scalb(1.0, exponent))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"NaN, nan", "Infinity, inf", "-Infinity, -inf"})
  void what_is_no_number_has_a_name(double value, String text) {
    assertThat(PythonRepr.ofFloat(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, (1+2j)",
    "1.5, -2.5, (1.5-2.5j)",
    "0, 2, 2j",
    "-0.0, 2, (-0+2j)",
    "0, -0.0, -0j",
    "NaN, Infinity, (nan+infj)",
    "1e16, -0.0, (1e+16-0j)"
  })
  void a_complex_number_is_written_without_needless_zeros(
      double real, double imaginary, String text) {
    assertThat(PythonRepr.of(new PythonComplex(real, imaginary), 100)).isEqualTo(text);
  }
}
