package io.github.rq4j.codec.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.BindingException;
import io.github.rq4j.codec.mapping.InstanceState;
import io.github.rq4j.codec.mapping.TypeMappings;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonTuple;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of objects of Python classes that are mapped. */
class MappedBindingTest {
  record Line(String article, BigDecimal price) {}

  interface Shape {}

  record Circle(int radius) implements Shape {}

  record Square(int side) implements Shape {}

  enum Colour {
    RED,
    BLUE
  }

  private static ValueBinder binder(TypeMappings.Builder mappings) {
    return ValueBinder.builder().mappings(mappings.build()).build();
  }

  private static PythonDict dict(@Nullable Object... keysAndValues) {
    PythonDict dict = new PythonDict();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      dict.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return dict;
  }

  private static PythonObject object(String module, String name, @Nullable Object... attributes) {
    PythonObject object = PythonObject.newObject(new PythonGlobal(module, name), PythonTuple.EMPTY);
    object.setState(dict(attributes));
    return object;
  }

  private static BigDecimal amount(PythonObject money) {
    return (BigDecimal) Objects.requireNonNull(money.attribute("amount"));
  }

  private static void assertRefused(
      ValueBinder binder, @Nullable Object value, Type target, String message) {
    assertThatThrownBy(() -> binder.bind(value, target, "args[0]"))
        .isInstanceOf(BindingException.class)
        .hasMessage(message);
  }

  @Test
  void objects_of_a_mapped_class_become_what_the_function_makes() {
    ValueBinder binder =
        binder(
            TypeMappings.builder()
                .map("shop.models.Money", BigDecimal.class, MappedBindingTest::amount));
    PythonObject money = object("shop.models", "Money", "amount", new BigDecimal("1.50"));
    assertThat(binder.bind(dict("article", "pen", "price", money), Line.class, "x"))
        .isEqualTo(new Line("pen", new BigDecimal("1.50")));
    assertThat(binder.bind(money, Object.class, "x")).isSameAs(money);
    assertRefused(
        binder,
        money,
        String.class,
        "args[0]: expected str, got object of class shop.models.Money");
  }

  @Test
  void objects_of_a_mapped_class_become_records_of_their_attributes() {
    ValueBinder binder = binder(TypeMappings.builder().record("shop.models.Line", Line.class));
    PythonObject line = object("shop.models", "Line", "article", "pen", "price", 2L);
    assertThat(binder.bind(line, Line.class, "x")).isEqualTo(new Line("pen", new BigDecimal(2)));
    PythonObject bad = object("shop.models", "Line", "article", "pen", "price", "much");
    assertRefused(binder, bad, Line.class, "args[0].price: expected Decimal or int, got str");
  }

  @Test
  void a_supertype_takes_each_of_its_mapped_classes() {
    ValueBinder binder =
        binder(
            TypeMappings.builder()
                .record("shapes.Circle", Circle.class)
                .record("shapes.Square", Square.class));
    TypeReference<List<Shape>> shapes = new TypeReference<>() {};
    PythonList values =
        PythonList.of(
            object("shapes", "Circle", "radius", 1L), object("shapes", "Square", "side", 2L));
    assertThat(binder.bind(values, shapes, "x")).isEqualTo(List.of(new Circle(1), new Square(2)));
    assertRefused(
        binder,
        object("shapes", "Line", "length", 1L),
        Shape.class,
        "args[0]: expected an instance of "
            + Shape.class.getName()
            + ", got object of class shapes.Line");
  }

  @Test
  void what_a_mapping_throws_is_reported_with_its_place() {
    ValueBinder binder =
        binder(
            TypeMappings.builder()
                .map(
                    "shop.models.Money",
                    BigDecimal.class,
                    o -> {
                      throw new IllegalStateException("secret");
                    }));
    assertThatThrownBy(
            () ->
                binder.bind(
                    dict("article", "pen", "price", object("shop.models", "Money")),
                    Line.class,
                    "x"))
        .isInstanceOf(BindingException.class)
        .hasMessage("x.price: the mapping to java.math.BigDecimal failed")
        .hasCauseExactlyInstanceOf(IllegalStateException.class);
  }

  private static ValueBinder lines(InstanceState state) {
    return binder(TypeMappings.builder().record("shop.models.Line", Line.class, state));
  }

  private static PythonObject lineOfList(@Nullable Object... values) {
    PythonObject line = object("shop.models", "Line");
    line.setState(PythonList.of(values));
    return line;
  }

  @Test
  void attributes_without_names_are_taken_in_the_order_of_the_components() {
    ValueBinder binder = lines(InstanceState.LIST);
    assertThat(binder.bind(lineOfList("pen", 2L), Line.class, "x"))
        .isEqualTo(new Line("pen", new BigDecimal(2)));
    assertRefused(binder, lineOfList("pen"), Line.class, "args[0]: expected 2 attributes, got 1");
    assertRefused(
        binder,
        lineOfList("pen", "much"),
        Line.class,
        "args[0].price: expected Decimal or int, got str");
  }

  @Test
  void attributes_without_names_have_to_be_expected() {
    assertRefused(
        lines(InstanceState.SLOTS),
        lineOfList("pen", 2L),
        Line.class,
        "args[0]: expected attributes by name, got a list, as of a data class with slots that is"
            + " frozen; register it with InstanceState.LIST");
  }

  @Test
  void attributes_in_slots_are_found_whatever_was_expected() {
    PythonObject line = object("shop.models", "Line");
    line.setState(PythonTuple.of(null, dict("article", "pen", "price", 2L)));
    for (InstanceState state : InstanceState.values()) {
      assertThat(lines(state).bind(line, Line.class, "x"))
          .isEqualTo(new Line("pen", new BigDecimal(2)));
    }
  }

  private static PythonObject member(@Nullable Object... values) {
    return PythonObject.reduce(new PythonGlobal("shop.models", "Colour"), PythonTuple.of(values));
  }

  @Test
  void a_member_is_found_by_a_value_that_python_holds_equal() {
    ValueBinder binder =
        binder(
            TypeMappings.builder()
                .enumeration(
                    "shop.models.Colour", Colour.class, colour -> colour == Colour.RED ? 0 : 1));
    assertThat(binder.bind(member(1L), Colour.class, "x")).isEqualTo(Colour.BLUE);
    assertThat(binder.bind(member(false), Colour.class, "x")).isEqualTo(Colour.RED);
    String problem =
        "args[0]: no constant of Colour is registered for this member of shop.models.Colour";
    assertRefused(binder, member(2L), Colour.class, problem);
    assertRefused(binder, member("RED"), Colour.class, problem);
    assertRefused(binder, member(PythonList.of(1L)), Colour.class, problem);
    assertRefused(binder, new PythonGlobal("shop.models", "Colour.GREEN"), Colour.class, problem);
  }

  @Test
  void a_call_of_the_enum_with_more_than_a_value_is_no_member() {
    ValueBinder binder =
        binder(TypeMappings.builder().enumeration("shop.models.Colour", Colour.class));
    assertRefused(
        binder,
        member("RED", 1L),
        Colour.class,
        "args[0]: no constant of Colour is registered for this member of shop.models.Colour");
  }
}
