package io.github.rq4j.codec.pickle;

import static io.github.rq4j.codec.pickle.Calls.call;
import static io.github.rq4j.codec.pickle.Calls.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.python.PythonComplex;
import io.github.rq4j.codec.python.PythonDecimal;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonFraction;
import io.github.rq4j.codec.python.PythonRange;
import io.github.rq4j.codec.python.PythonSlice;
import io.github.rq4j.codec.python.PythonTuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls that make numbers, ranges and slices. */
class NumberTypesTest {
  @Test
  void decimals_are_made_of_text_or_integers() throws BadArguments {
    assertThat(call("decimal.Decimal", "1.50")).isEqualTo(new BigDecimal("1.50"));
    assertThat(call("decimal.Decimal", "-0")).isEqualTo(new PythonDecimal("-0"));
    assertThat(call("decimal.Decimal", 5L)).isEqualTo(new BigDecimal(5));
    assertThat(call("decimal.Decimal")).isNull();
    assertThat(call("decimal.Decimal", 1.5)).isNull();
    assertThat(call("decimal.Decimal", PythonTuple.EMPTY)).isNull();
    refused("decimal.Decimal", "abc");
    refused("decimal.Decimal", new Object[] {null});
    refused("decimal.Decimal", new PythonDict());
  }

  @Test
  void fractions_are_made_of_two_numbers_or_text() throws BadArguments {
    PythonFraction half = new PythonFraction(BigInteger.ONE, BigInteger.TWO);

    assertThat(call("fractions.Fraction", 1L, 2L)).isEqualTo(half);
    assertThat(call("fractions.Fraction", "1/2")).isEqualTo(half);
    assertThat(call("fractions.Fraction", "-3"))
        .isEqualTo(new PythonFraction(BigInteger.valueOf(-3), BigInteger.ONE));
    assertThat(call("fractions.Fraction", BigInteger.TWO.pow(64), BigInteger.TWO.pow(65)))
        .isEqualTo(half);
    assertThat(call("fractions.Fraction", "0.5")).isNull();
    assertThat(call("fractions.Fraction", 1L, 2.0)).isNull();
    refused("fractions.Fraction", 1L, 0L);
    refused("fractions.Fraction", "1/0");
  }

  @Test
  void numbers_of_too_many_digits_are_refused_by_the_name_of_the_limit() {
    for (String type : List.of("decimal.Decimal", "fractions.Fraction")) {
      assertThatThrownBy(() -> call(type, "1".repeat(8601)))
          .isInstanceOfSatisfying(
              BadArguments.class,
              failure -> {
                assertThat(failure.limit()).isEqualTo("maxIntDigits");
                assertThat(failure.limitValue()).isEqualTo(4300);
              });
    }
  }

  @Test
  void complex_numbers_are_made_of_numbers() throws BadArguments {
    assertThat(call("builtins.complex", 1.5, -2.0)).isEqualTo(new PythonComplex(1.5, -2));
    assertThat(call("builtins.complex", 3L)).isEqualTo(new PythonComplex(3, 0));
    assertThat(call("builtins.complex")).isEqualTo(new PythonComplex(0, 0));
    assertThat(call("builtins.complex", "1+2j")).isNull();
    refused("builtins.complex", "x", "y");
    refused("builtins.complex", 1.0, 2.0, 3.0);
  }

  @Test
  void ranges_and_slices_are_made_of_up_to_three_values() throws BadArguments {
    assertThat(call("builtins.range", 5L)).isEqualTo(PythonRange.of(0, 5, 1));
    assertThat(call("builtins.range", 1L, 5L)).isEqualTo(PythonRange.of(1, 5, 1));
    assertThat(call("builtins.range", 5L, 1L, -2L)).isEqualTo(PythonRange.of(5, 1, -2));
    assertThat(call("builtins.slice", 5L)).isEqualTo(PythonSlice.of(null, 5L, null));
    assertThat(call("builtins.slice", 1L, 5L)).isEqualTo(PythonSlice.of(1L, 5L, null));
    assertThat(call("builtins.slice", 1L, 5L, "x")).isEqualTo(PythonSlice.of(1L, 5L, "x"));
    refused("builtins.range");
    refused("builtins.range", 1L, 2L, 0L);
    refused("builtins.range", 1L, 2L, 3L, 4L);
    refused("builtins.range", 1.5);
    refused("builtins.slice");
    refused("builtins.slice", 1L, 2L, 3L, 4L);
  }
}
