package io.github.rq4j.codec.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.rq4j.codec.BindingException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GenericRecordTest {
  private static final Map<String, Object> PAGE =
      Map.of(
          "items", List.of(1L, 2L),
          "first", 3L,
          "all", List.of(4L),
          "named", Map.of("a", List.of(5L)),
          "last", 6L);

  private final ValueBinder binder = ValueBinder.withDefaults();

  enum Colour {
    RED,
    BLUE
  }

  record Page<T>(
      List<T> items, T first, T[] all, Map<String, List<T>> named, Optional<? extends T> last) {}

  record Pair<A, B>(A left, B right) {}

  record Tagged<L extends List<Integer>>(L sizes) {}

  record Outer<T>(Pair<T, List<T>> inner) {}

  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Nullable {}

  record Note(@Nullable String text, @org.jspecify.annotations.Nullable String author) {}

  private <T> T bind(Object value, TypeReference<T> type) {
    return Objects.requireNonNull(binder.bind(value, type, "args[0]"));
  }

  @Test
  void a_type_argument_reaches_every_component_that_names_it() {
    Page<Integer> page = bind(PAGE, new TypeReference<Page<Integer>>() {});
    assertThat(page.items()).containsExactly(1, 2);
    assertThat(page.first()).isEqualTo(3);
    assertThat(page.all()).containsExactly(4);
    assertThat(page.named()).containsExactly(Map.entry("a", List.of(5)));
    assertThat(page.last().orElseThrow()).isEqualTo(6);
  }

  @Test
  void what_does_not_fit_the_type_argument_is_told_with_its_place() {
    Map<String, Object> page = new HashMap<>(PAGE);
    page.put("named", Map.of("a", List.of("five")));
    assertThatExceptionOfType(BindingException.class)
        .isThrownBy(() -> bind(page, new TypeReference<Page<Integer>>() {}))
        .withMessageStartingWith("args[0].named");
  }

  @Test
  void a_raw_record_takes_the_values_as_they_are() {
    Page<?> page = Objects.requireNonNull(binder.bind(PAGE, Page.class, "args[0]"));
    assertThat(page.first()).isEqualTo(3L);
    assertThat((Object) page.items()).isEqualTo(List.of(1L, 2L));
  }

  @Test
  void two_type_arguments_are_not_confused() {
    Pair<Integer, Colour> pair =
        bind(Map.of("left", 7L, "right", "BLUE"), new TypeReference<Pair<Integer, Colour>>() {});
    assertThat(pair).isEqualTo(new Pair<>(7, Colour.BLUE));
  }

  @Test
  void a_type_argument_is_passed_on_to_a_record_within() {
    Outer<Colour> outer =
        bind(
            Map.of("inner", Map.of("left", "RED", "right", List.of("BLUE"))),
            new TypeReference<Outer<Colour>>() {});
    assertThat(outer.inner()).isEqualTo(new Pair<>(Colour.RED, List.of(Colour.BLUE)));
  }

  @Test
  void without_a_type_argument_its_bound_counts() {
    Tagged<?> tagged =
        Objects.requireNonNull(binder.bind(Map.of("sizes", List.of(1L)), Tagged.class, "args[0]"));
    assertThat((Object) tagged.sizes()).isEqualTo(List.of(1));
  }

  @Test
  void an_array_of_a_generic_type_has_elements_of_that_type() {
    List<Integer>[] lists = bind(List.of(List.of(1L)), new TypeReference<List<Integer>[]>() {});
    assertThat(lists).containsExactly(List.of(1));
  }

  @Test
  void a_component_may_be_absent_by_an_annotation_of_either_kind() {
    Note note = Objects.requireNonNull(binder.bind(Map.of(), Note.class, "args[0]"));
    assertThat(note.text()).isNull();
    assertThat(note.author()).isNull();
  }

  @Test
  void a_component_without_such_an_annotation_may_not_be_absent() {
    assertThatExceptionOfType(BindingException.class)
        .isThrownBy(() -> bind(Map.of("left", 1L), new TypeReference<Pair<Integer, Integer>>() {}))
        .withMessageContaining("right");
  }

  @Test
  void a_type_with_arguments_shows_them() {
    JavaTypes.Applied type =
        JavaTypes.resolve(new TypeReference<Pair<Integer, List<String>>>() {}.type());
    assertThat(type)
        .hasToString(
            Pair.class.getTypeName() + "<java.lang.Integer, java.util.List<java.lang.String>>");
    assertThat(JavaTypes.resolve(Integer.class)).hasToString("java.lang.Integer");
    assertThat(type.getRawType()).isEqualTo(Pair.class);
    assertThat(type.getOwnerType()).isEqualTo(GenericRecordTest.class);
    assertThat(type.getActualTypeArguments()).hasSize(2).startsWith(Integer.class);
  }
}
