package io.github.rq4j.codec.python;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Deep, cyclic and shared structures: none may overflow the stack or take for ever. */
class ContainersOfAnyShapeTest {
  private static final int DEEP = 100_000;

  /** Structures that are made twice with equal content. */
  static List<Shape> shapes() {
    return List.of(
        new Shape("deep list", () -> nest(DEEP, ContainersOfAnyShapeTest::list)),
        new Shape("deep tuple", () -> nest(DEEP, ContainersOfAnyShapeTest::tuple)),
        new Shape("deep dict", () -> nest(DEEP, ContainersOfAnyShapeTest::dict)),
        new Shape("deep frozenset", () -> nest(DEEP, ContainersOfAnyShapeTest::frozenSet)),
        new Shape("deep slice", () -> nest(DEEP, ContainersOfAnyShapeTest::slice)),
        new Shape("lists of shared lists", () -> nest(40, ContainersOfAnyShapeTest::twice)),
        new Shape("tuples of shared tuples", () -> nest(40, ContainersOfAnyShapeTest::pair)),
        new Shape("dicts of shared dicts", () -> nest(40, ContainersOfAnyShapeTest::pairDict)),
        new Shape(
            "sets of shared tuples", () -> PythonSet.of(nest(40, ContainersOfAnyShapeTest::pair))),
        new Shape("list in itself", ContainersOfAnyShapeTest::cyclicList),
        new Shape("dict in itself", ContainersOfAnyShapeTest::cyclicDict),
        new Shape("tuple in a list in the tuple", ContainersOfAnyShapeTest::cyclicTuple));
  }

  record Shape(String name, Supplier<Object> maker) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void equal_structures_are_equal_in_time(Shape shape) {
    assertTimeoutPreemptively(
        ofSeconds(20),
        () -> {
          Object one = shape.maker.get();
          Object two = shape.maker.get();

          assertThat(one.equals(two)).isTrue();
          assertThat(one.hashCode()).isEqualTo(two.hashCode());
          assertThat(one.equals(PythonList.of("another"))).isFalse();
        });
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void the_text_of_any_structure_is_short(Shape shape) {
    assertTimeoutPreemptively(
        ofSeconds(20), () -> assertThat(shape.maker.get().toString()).hasSizeLessThan(20_000));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, DEEP})
  void a_difference_at_the_bottom_is_found(int depth) {
    Object one = nest(depth, ContainersOfAnyShapeTest::list, "x");
    Object two = nest(depth, ContainersOfAnyShapeTest::list, "y");

    assertThat(one.equals(two)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40, DEEP})
  void nested_tuples_are_keys_at_any_depth(int depth) {
    PythonDict dict = new PythonDict();
    dict.put(nest(depth, ContainersOfAnyShapeTest::tuple, "x"), 1L);
    dict.put(nest(depth, ContainersOfAnyShapeTest::tuple, "y"), 2L);
    dict.put(nest(depth, ContainersOfAnyShapeTest::tuple, "x"), 3L);

    assertThat(dict.values()).containsExactly(3L, 2L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 40, 10_000})
  void tuples_of_shared_parts_are_keys(int depth) {
    PythonDict dict = new PythonDict();
    dict.put(nest(depth, ContainersOfAnyShapeTest::pair, "x"), 1L);
    dict.put(nest(depth, ContainersOfAnyShapeTest::pair, "y"), 2L);
    dict.put(nest(depth, ContainersOfAnyShapeTest::pair, "x"), 3L);

    assertThat(dict.values()).containsExactly(3L, 2L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void cycles_of_different_length_unroll_to_the_same(int length) {
    PythonList one = (PythonList) cyclicList();
    PythonList ring = new PythonList();
    PythonList last = ring;
    for (int i = 1; i < length; i++) {
      last = PythonList.of(last);
    }
    ring.add(last);

    assertThat(one.equals(ring)).isTrue();
    assertThat(one.hashCode()).isEqualTo(ring.hashCode());
  }

  private static Object nest(int depth, BiFunction<Object, Integer, Object> wrap) {
    return nest(depth, wrap, "leaf");
  }

  private static Object nest(int depth, BiFunction<Object, Integer, Object> wrap, Object leaf) {
    Object value = leaf;
    for (int i = 0; i < depth; i++) {
      value = wrap.apply(value, i);
    }
    return value;
  }

  private static Object list(Object inner, int level) {
    return PythonList.of(inner);
  }

  private static Object tuple(Object inner, int level) {
    return PythonTuple.of(inner);
  }

  private static Object dict(Object inner, int level) {
    PythonDict dict = new PythonDict();
    dict.put("k", inner);
    return dict;
  }

  private static Object frozenSet(Object inner, int level) {
    return PythonFrozenSet.of(inner);
  }

  private static Object slice(Object inner, int level) {
    return level % 2 == 0 ? PythonSlice.of(null, inner, null) : PythonTuple.of(inner);
  }

  private static Object twice(Object inner, int level) {
    return PythonList.of(inner, inner);
  }

  private static Object pair(Object inner, int level) {
    return PythonTuple.of(inner, inner);
  }

  private static Object pairDict(Object inner, int level) {
    PythonDict dict = new PythonDict();
    dict.put("a", inner);
    dict.put("b", inner);
    return dict;
  }

  private static Object cyclicList() {
    PythonList list = new PythonList();
    list.add(list);
    return list;
  }

  private static Object cyclicDict() {
    PythonDict dict = new PythonDict();
    dict.put("self", PythonList.of(dict, Objects.requireNonNull(dict)));
    return dict;
  }

  private static Object cyclicTuple() {
    PythonList list = new PythonList();
    PythonTuple tuple = PythonTuple.of(list);
    list.add(tuple);
    return tuple;
  }
}
