package io.github.rq4j.codec.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PythonTypeNameTest {
  static Stream<Arguments> types() {
    return Stream.of(
        Arguments.of("text", "str"),
        Arguments.of(1L, "int"),
        Arguments.of(BigDecimal.ONE, "Decimal"),
        Arguments.of(List.of(), "list"),
        Arguments.of(Map.of(), "dict"),
        Arguments.of(ZoneOffset.UTC, "timezone"),
        Arguments.of(ZoneId.of("Europe/Berlin"), "ZoneInfo"),
        Arguments.of(PythonSingleton.ELLIPSIS, "Ellipsis"),
        Arguments.of(new PythonPath("PurePosixPath", List.of("a")), "PurePosixPath"),
        Arguments.of(new PythonGlobal("m", "C"), "reference to a class or function"),
        Arguments.of(new Exception("secret"), "java.lang.Exception"));
  }

  @ParameterizedTest
  @MethodSource("types")
  void a_value_goes_by_the_name_of_its_type_in_python(Object value, String name) {
    assertThat(PythonTypeName.of(value)).isEqualTo(name);
  }

  @Test
  void null_is_none() {
    assertThat(PythonTypeName.of(null)).isEqualTo("None");
  }

  @Test
  void an_object_goes_by_its_class() {
    PythonObject order =
        PythonObject.newObject(new PythonGlobal("shop.models", "Order"), PythonTuple.of("secret"));

    assertThat(PythonTypeName.of(order)).isEqualTo("object of class shop.models.Order");
  }

  @Test
  void an_object_that_is_made_by_no_name_has_none() {
    assertThat(PythonTypeName.of(PythonObject.reduce(1L, PythonTuple.EMPTY)))
        .isEqualTo("object of an unnamed class");
  }

  @Test
  void a_name_shows_no_control_characters() {
    assertThat(PythonTypeName.printable("a\nb\u202ec d\u00e9")).isEqualTo("a?b?c d\u00e9");
  }

  @Test
  void a_long_name_is_cut_between_characters() {
    String smile = "\ud83d\ude00";

    assertThat(PythonTypeName.printable(smile.repeat(100))).isEqualTo(smile.repeat(100));
    assertThat(PythonTypeName.printable(smile.repeat(101))).isEqualTo(smile.repeat(100) + "...");
  }
}
