package io.github.rq4j.codec.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.mapping.Models.Colour;
import io.github.rq4j.codec.mapping.Models.Level;
import io.github.rq4j.codec.mapping.Models.Line;
import io.github.rq4j.codec.mapping.Models.Money;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonFraction;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonTuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypeMappingsTest {
  private static PythonObject unused(Object value) {
    return PythonObject.reduce(null, PythonTuple.EMPTY);
  }

  private static void assertIllegal(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void a_name_is_split_at_the_last_dot_or_else_at_the_colon() {
    TypeMappings mappings =
        TypeMappings.builder()
            .record("shop.models.Line", Line.class)
            .record("shop.models:Outer.Money", Money.class)
            .build();
    assertThat(mappings.all())
        .extracting(TypeMapping::pythonClass)
        .containsExactly(
            new PythonGlobal("shop.models", "Line"),
            new PythonGlobal("shop.models", "Outer.Money"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Line", ".Line", "shop.", ":Line", "shop:", "."})
  void a_name_without_module_or_class_is_refused(String name) {
    assertIllegal(
        () -> TypeMappings.builder().record(name, Line.class), "expected module and class");
  }

  @Test
  void a_class_is_registered_once_on_each_side() {
    TypeMappings.Builder builder = TypeMappings.builder().record("shop.Line", Line.class);
    assertIllegal(() -> builder.record("shop.Line", Money.class), "shop.Line is registered");
    assertIllegal(
        () -> builder.record("shop.Other", Line.class), Line.class.getName() + " is registered");
    assertThat(builder.build().all()).hasSize(1);
  }

  @Test
  void many_python_classes_may_be_read_as_one_java_class() {
    TypeMappings mappings =
        TypeMappings.builder()
            .map("shop.Money", String.class, Object::toString)
            .map("bank.Money", String.class, Object::toString)
            .build();
    assertThat(mappings.all()).hasSize(2);
    assertThat(mappings.toWrite(String.class)).isEmpty();
  }

  @Test
  void values_that_mean_something_by_themselves_are_not_written_as_others() {
    for (Class<?> type :
        List.of(
            String.class,
            Long.class,
            Object.class,
            long.class,
            byte[].class,
            ArrayList.class,
            Map.class,
            PythonDict.class,
            PythonFraction.class)) {
      assertIllegal(
          () ->
              TypeMappings.builder().map("shop.X", type, object -> null, TypeMappingsTest::unused),
          type.getName() + " cannot be written as another class");
    }
  }

  @Test
  void a_container_of_the_applications_own_may_be_written_as_another_class() {
    class Basket extends ArrayList<Object> {
      private static final long serialVersionUID = 1L;
    }
    TypeMappings mappings =
        TypeMappings.builder()
            .map("shop.Basket", Basket.class, o -> new Basket(), TypeMappingsTest::unused)
            .build();
    assertThat(mappings.toWrite(Basket.class)).isPresent();
    assertThat(mappings.toWrite(ArrayList.class)).isEmpty();
  }

  interface Shape {}

  interface Named {}

  static class Square implements Named, Shape {}

  static class Tile extends Square {}

  @Test
  void the_nearest_superclass_counts_and_then_the_first_interface() {
    TypeMappings.Builder builder =
        TypeMappings.builder()
            .map("shop.Shape", Shape.class, o -> new Square(), TypeMappingsTest::unused)
            .map("shop.Named", Named.class, o -> new Square(), TypeMappingsTest::unused);
    assertThat(builder.build().toWrite(Tile.class))
        .map(TypeMapping::pythonClass)
        .contains(new PythonGlobal("shop", "Shape"));
    builder.map("shop.Square", Square.class, o -> new Square(), TypeMappingsTest::unused);
    assertThat(builder.build().toWrite(Tile.class))
        .map(TypeMapping::pythonClass)
        .contains(new PythonGlobal("shop", "Square"));
    assertThat(builder.build().toWrite(Line.class)).isEmpty();
  }

  @Test
  void the_values_of_an_enum_differ_in_python() {
    assertIllegal(
        () ->
            TypeMappings.builder()
                .enumeration("shop.Level", Level.class, level -> level == Level.LOW ? 1L : 1.0),
        "two constants of " + Level.class.getName() + " have values that Python holds equal");
  }

  @Test
  void the_values_of_an_enum_can_be_hashed_in_python() {
    assertIllegal(
        () -> TypeMappings.builder().enumeration("shop.C", Colour.class, c -> PythonList.of(1L)),
        "the value of " + Colour.class.getName() + ".RED is not hashable");
  }

  @Test
  void a_builder_that_goes_on_does_not_change_what_it_built() {
    TypeMappings.Builder builder = TypeMappings.builder();
    TypeMappings none = builder.build();
    builder.record("shop.Line", Line.class);
    assertThat(none.isEmpty()).isTrue();
    assertThat(none.toWrite(Line.class)).isEmpty();
    assertThat(TypeMappings.none().isEmpty()).isTrue();
    assertThat(builder.build().isEmpty()).isFalse();
  }
}
