package io.github.rq4j.codec.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PythonObjectTest {
  private static final PythonGlobal POINT = new PythonGlobal("shop.models", "Point");

  @Test
  void attributes_are_read_from_a_dict_as_state() {
    PythonObject point = PythonObject.newObject(POINT, PythonTuple.EMPTY);
    point.setState(dict("x", 1L, "y", 2L));

    assertThat(point.type()).contains(POINT);
    assertThat(point.attribute("x")).isEqualTo(1L);
    assertThat(point.attribute("z")).isNull();
    assertThat(point.attributes()).containsExactly(entry("x", 1L), entry("y", 2L));
    assertThat(point.hasState()).isTrue();
    assertThat(point).hasToString("shop.models.Point() with {'x': 1, 'y': 2}");
  }

  @Test
  void attributes_are_read_from_a_pair_of_dict_and_slots() {
    PythonObject point = PythonObject.newObject(POINT, PythonTuple.EMPTY);
    point.setState(PythonTuple.of(dict("x", 1L), dict("y", 2L)));

    assertThat(point.attributes()).containsExactly(entry("x", 1L), entry("y", 2L));
    point.setState(PythonTuple.of(null, dict("y", 2L)));
    assertThat(point.attributes()).containsExactly(entry("y", 2L));
    assertThat(point.attribute("y")).isEqualTo(2L);
  }

  @Test
  void a_state_of_another_form_has_no_attributes() {
    PythonObject point = PythonObject.newObject(POINT, PythonTuple.EMPTY);
    assertThat(point.attributes()).isEmpty();
    assertThat(point.hasState()).isFalse();

    for (Object state : new Object[] {null, 5L, PythonTuple.of(1L, 2L), PythonList.of(dict())}) {
      point.setState(state);
      assertThat(point.attributes()).isEmpty();
      assertThat(point.hasState()).isTrue();
    }
  }

  @Test
  void names_that_are_not_text_are_no_attributes() {
    PythonObject point = PythonObject.newObject(POINT, PythonTuple.EMPTY);
    point.setState(dict(1L, "one", "x", 1L));

    assertThat(point.attributes()).containsOnlyKeys("x");
  }

  @Test
  void a_state_may_be_set_by_a_function() {
    PythonGlobal setter = new PythonGlobal("shop.models", "restore");
    PythonObject point = PythonObject.reduce(POINT, PythonTuple.of(1L));
    point.setState("state", setter);

    assertThat(point.setter()).isEqualTo(setter);
    assertThat(point.state()).isEqualTo("state");
    point.setState("other");
    assertThat(point.setter()).isNull();
  }

  @Test
  void the_way_it_is_made_is_known() {
    PythonTuple args = PythonTuple.of(1L);
    PythonDict kwargs = dict("a", 2L);

    assertThat(PythonObject.reduce(POINT, args).form()).isEqualTo(PythonObject.Form.REDUCE);
    assertThat(PythonObject.newObject(POINT, args).form()).isEqualTo(PythonObject.Form.NEWOBJ);
    assertThat(PythonObject.instance(POINT, args).form()).isEqualTo(PythonObject.Form.INST);
    PythonObject withKwargs = PythonObject.newObject(POINT, args, kwargs);
    assertThat(withKwargs.form()).isEqualTo(PythonObject.Form.NEWOBJ_EX);
    assertThat(withKwargs.kwargs()).isEqualTo(kwargs);
    assertThat(withKwargs.args()).isEqualTo(args);
    assertThat(PythonObject.reduce(POINT, args).kwargs()).isEmpty();
  }

  @Test
  void the_class_is_known_also_where_a_helper_makes_the_object() {
    PythonGlobal helper = new PythonGlobal("copyreg", "_reconstructor");
    PythonGlobal object = new PythonGlobal("builtins", "object");

    assertThat(PythonObject.reduce(helper, PythonTuple.of(POINT, object, null)).type())
        .contains(POINT);
    assertThat(PythonObject.reduce(helper, PythonTuple.of(POINT)).type()).contains(helper);
    assertThat(PythonObject.reduce("text", PythonTuple.EMPTY).type()).isEmpty();
  }

  @Test
  void dicts_of_the_collections_module_are_maps() {
    PythonObject ordered = collection("OrderedDict");
    assertThat(ordered.asMap()).contains(Map.of());
    ordered.dictItems().put("a", 1L);
    assertThat(ordered.asMap()).contains(Map.of("a", 1L));
    assertThat(collection("Counter", dict("a", 1L)).asMap()).contains(Map.of("a", 1L));
    assertThat(collection("defaultdict", new PythonGlobal("builtins", "int")).asMap())
        .contains(Map.of());
  }

  @Test
  void the_ordered_dict_of_python_2_passes_pairs() {
    PythonList pairs = PythonList.of(PythonList.of("a", 1L), PythonTuple.of("b", 2L), "no pair");

    assertThat(collection("OrderedDict", pairs).asMap()).contains(Map.of("a", 1L, "b", 2L));
  }

  @Test
  void any_object_with_entries_is_a_map() {
    PythonObject object = PythonObject.newObject(POINT, PythonTuple.EMPTY);
    assertThat(object.asMap()).isEmpty();
    assertThat(object.hasDictItems()).isFalse();
    object.dictItems().put("a", 1L);

    assertThat(object.hasDictItems()).isTrue();
    assertThat(object.asMap()).contains(Map.of("a", 1L));
  }

  @Test
  void deques_and_objects_with_items_are_lists() {
    PythonObject deque = collection("deque", PythonTuple.EMPTY, 5L);
    assertThat(deque.asList()).contains(List.of());
    deque.listItems().add("a");
    assertThat(deque.asList()).contains(List.of("a"));
    assertThat(collection("deque", PythonList.of("b")).asList()).contains(List.of("b"));
    PythonObject object = PythonObject.newObject(POINT, PythonTuple.EMPTY);
    assertThat(object.asList()).isEmpty();
    assertThat(object.hasListItems()).isFalse();
    object.listItems().add(1L);
    assertThat(object.asList()).contains(List.of(1L));
  }

  @Test
  void a_set_subclass_is_the_list_it_is_made_of() {
    assertThat(PythonObject.reduce(POINT, PythonTuple.of(PythonList.of(1L))).asList())
        .contains(List.of(1L));
    assertThat(PythonObject.newObject(POINT, PythonTuple.of(PythonList.of(1L))).asList()).isEmpty();
    assertThat(collection("OrderedDict", PythonList.of(1L)).asList()).isEmpty();
  }

  @Test
  void objects_of_equal_parts_are_different_objects() {
    PythonObject object = PythonObject.newObject(POINT, PythonTuple.EMPTY);

    assertThat(object).isNotEqualTo(PythonObject.newObject(POINT, PythonTuple.EMPTY));
  }

  @Test
  void an_object_that_holds_itself_prints() {
    PythonObject object = PythonObject.newObject(POINT, PythonTuple.EMPTY);
    object.setState(dict("self", object));
    object.listItems().add(object);
    object.dictItems().put("me", object);

    assertThat(object.toString()).startsWith("shop.models.Point()[").hasSizeLessThan(20_000);
  }

  private static PythonObject collection(String name, Object... args) {
    return PythonObject.reduce(new PythonGlobal("collections", name), PythonTuple.of(args));
  }

  private static PythonDict dict(Object... keysAndValues) {
    PythonDict dict = new PythonDict();
    dict.putPairs(keysAndValues, 0, keysAndValues.length);
    return dict;
  }
}
