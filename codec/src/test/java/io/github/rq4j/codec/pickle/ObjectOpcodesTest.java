package io.github.rq4j.codec.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonObject.Form;
import io.github.rq4j.codec.python.PythonSet;
import io.github.rq4j.codec.python.PythonSingleton;
import io.github.rq4j.codec.python.PythonTuple;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectOpcodesTest {
  private static final String POINT = "cshop.models\nPoint\n";
  private static final PythonGlobal POINT_CLASS = new PythonGlobal("shop.models", "Point");
  private static final String UUID_5 = "cuuid\nUUID\n)\u0081q\u0001}U\u0003intK\u0005sb";

  @Test
  void names_are_kept_as_names() {
    assertThat(Pickles.read(POINT + ".")).isEqualTo(POINT_CLASS);
    assertThat(Pickles.read("\u0080\u0004\u008c\u0001m\u008c\u0003A.B\u0093."))
        .isEqualTo(new PythonGlobal("m", "A.B"));
    assertThat(Pickles.read("cjava.lang.Runtime\ngetRuntime\n."))
        .isEqualTo(new PythonGlobal("java.lang.Runtime", "getRuntime"));
    assertThat(Pickles.read("cm\u00c3\u00b6d\nn\n.")).isEqualTo(new PythonGlobal("m\u00f6d", "n"));
  }

  @ParameterizedTest
  @CsvSource({
    "__builtin__, xrange, builtins, range",
    "__builtin__, unicode, builtins, str",
    "__builtin__, object, builtins, object",
    "copy_reg, _reconstructor, copyreg, _reconstructor",
    "exceptions, ValueError, builtins, ValueError",
    "exceptions, StandardError, builtins, Exception",
    "cPickle, loads, pickle, loads",
    "urllib, quote, urllib.parse, quote",
    "urllib, other, urllib, other",
    "UserDict, UserDict, collections, UserDict",
    "UserDict, other, collections, other",
    "shop, models, shop, models"
  })
  void names_of_python_2_become_those_of_python_3_below_protocol_3(
      String module, String name, String newModule, String newName) {
    String global = "c" + module + "\n" + name + "\n.";

    assertThat(Pickles.read(global)).isEqualTo(new PythonGlobal(newModule, newName));
    assertThat(Pickles.read("\u0080\u0002" + global))
        .isEqualTo(new PythonGlobal(newModule, newName));
    assertThat(Pickles.read("\u0080\u0003" + global)).isEqualTo(new PythonGlobal(module, name));
  }

  @Test
  void constants_of_python_are_no_names() {
    assertThat(Pickles.read("c__builtin__\nEllipsis\n.")).isEqualTo(PythonSingleton.ELLIPSIS);
    assertThat(Pickles.read("\u0080\u0003cbuiltins\nNotImplemented\n."))
        .isEqualTo(PythonSingleton.NOT_IMPLEMENTED);
    assertThat(Pickles.read("c__builtin__\nTrue\n.")).isEqualTo(true);
    assertThat(Pickles.read("c__builtin__\nFalse\n.")).isEqualTo(false);
    assertThat(Pickles.read("cother\nEllipsis\n."))
        .isEqualTo(new PythonGlobal("other", "Ellipsis"));
  }

  @Test
  void nested_classes_below_protocol_4_become_dotted_names() {
    String call = "c__builtin__\ngetattr\n(" + POINT + "VInner\ntR.";

    assertThat(Pickles.read(call)).isEqualTo(new PythonGlobal("shop.models", "Point.Inner"));
    PythonObject method = object("\u0080\u0004" + call.replace("__builtin__", "builtins"));
    assertThat(method.callable()).isEqualTo(new PythonGlobal("builtins", "getattr"));
    assertThat(method.args()).isEqualTo(PythonTuple.of(POINT_CLASS, "Inner"));
  }

  @Test
  void a_call_of_an_unknown_name_is_an_inert_object() {
    PythonObject object = object("cos\nsystem\n(Vtrue\ntR.");

    assertThat(object.form()).isEqualTo(Form.REDUCE);
    assertThat(object.callable()).isEqualTo(new PythonGlobal("os", "system"));
    assertThat(object.args()).isEqualTo(PythonTuple.of("true"));
    assertThat(object.hasState()).isFalse();
  }

  @Test
  void an_instance_has_its_class_and_state() {
    PythonObject point = object(POINT + ")\u0081}Vx\nK\u0001sb.");

    assertThat(point.form()).isEqualTo(Form.NEWOBJ);
    assertThat(point.type()).contains(POINT_CLASS);
    assertThat(point.attributes()).isEqualTo(Map.of("x", 1L));
  }

  @Test
  void keyword_arguments_are_kept() {
    PythonObject point = object(POINT + "N\u0085}Vx\nK\u0001s\u0092.");

    assertThat(point.form()).isEqualTo(Form.NEWOBJ_EX);
    assertThat(point.args()).isEqualTo(PythonTuple.of((Object) null));
    assertThat(point.kwargs()).isEqualTo(Map.of("x", 1L));
  }

  @Test
  void keyword_arguments_of_protocol_2_go_through_a_partial() {
    String partial =
        "cfunctools\npartial\n(c__builtin__\ngetattr\n("
            + POINT
            + "V__new__\ntRq\u0001tR"
            + "(h\u0001"
            + POINT
            + "K\u0007\u0086}Vx\nK\u0001sNtb)R.";
    PythonObject point = object("\u0080\u0002" + partial);

    assertThat(point.form()).isEqualTo(Form.NEWOBJ_EX);
    assertThat(point.callable()).isEqualTo(POINT_CLASS);
    assertThat(point.args()).isEqualTo(PythonTuple.of(7L));
    assertThat(point.kwargs()).isEqualTo(Map.of("x", 1L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(V(m)\n}NtNb)R.",
        "(NN}Ntb)R.",
        "(cm\nC.__new__\n)}Ntb)R.",
        "(cm\nC.__new__\ncm\nD\n\u0085}Ntb)R.",
        "(cm\nC.__new__\ncm\nC\n\u0085NNtb)R.",
        "NNN\u0087b)R."
      })
  void a_call_of_any_other_partial_is_an_inert_call(String rest) {
    String start = rest.startsWith("(V") ? rest.replace("(V(m)\n}Nt", "") : rest;
    PythonObject call = object("cfunctools\npartial\n)R" + start);

    assertThat(call.form()).isEqualTo(Form.REDUCE);
    assertThat(call.callable()).isInstanceOf(PythonObject.class);
  }

  @Test
  void old_instances_have_class_and_arguments() {
    PythonObject inst = object("(K\u0001ishop.models\nPoint\n.");
    PythonObject obj = object("(" + POINT + "K\u0001o.");

    assertThat(List.of(inst, obj))
        .allMatch(point -> point.form() == Form.INST)
        .allMatch(point -> point.args().equals(PythonTuple.of(1L)))
        .allMatch(point -> POINT_CLASS.equals(point.callable()));
  }

  @Test
  void items_are_added_to_objects() {
    PythonObject object =
        object(POINT + ")\u0081(K\u0001K\u0002eK\u0003aVk\nK\u0004s(Vl\nK\u0005u.");

    assertThat(object.listItems()).containsExactly(1L, 2L, 3L);
    assertThat(object.dictItems()).isEqualTo(Map.of("k", 4L, "l", 5L));
  }

  @Test
  void an_object_may_hold_itself() {
    PythonObject object = object(POINT + ")\u0081q\u0000}Vme\nh\u0000sb.");

    assertThat(object.attribute("me")).isSameAs(object);
  }

  @Test
  void a_state_set_by_a_function_is_a_state_with_setter() {
    PythonObject object =
        object(POINT + ")\u0081q\u0000cshop.models\nrestore\nh\u0000K\u0005\u0086R0.");

    assertThat(object.state()).isEqualTo(5L);
    assertThat(object.setter()).isEqualTo(new PythonGlobal("shop.models", "restore"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cm\nf\nN\u0085R0.",
        "cm\nf\nNK\u0005\u0086R0.",
        "K\u00050.",
        "cm\nf\nh\u0000K\u0005\u0086\u00810.",
        "cm\nf\nh\u0000K\u0005K\u0005\u0087R0."
      })
  void other_dropped_values_set_no_state(String dropped) {
    assertThat(object(POINT + ")\u0081q\u0000" + dropped).hasState()).isFalse();
  }

  @Test
  void a_dropped_call_does_not_replace_a_state() {
    PythonObject object = object(POINT + ")\u0081q\u0000K\u0001bcm\nf\nh\u0000K\u0005\u0086R0.");

    assertThat(object.state()).isEqualTo(1L);
    assertThat(object.setter()).isNull();
  }

  @Test
  void attributes_set_again_replace_those_before() {
    PythonObject object = object(POINT + ")\u0081}(Vx\nK\u0001Vy\nK\u0002ub}Vx\nK\u0009sb.");

    assertThat(object.attributes()).isEqualTo(Map.of("x", 9L, "y", 2L));
  }

  @Test
  void a_state_that_serves_two_objects_is_not_changed_by_one_of_them() {
    PythonTuple pair =
        (PythonTuple)
            Pickles.read(
                "}Vx\nK\u0001sq\u0005"
                    + POINT
                    + ")\u0081h\u0005b}Vx\nK\u0009sb"
                    + POINT
                    + ")\u0081h\u0005b\u0086.");

    PythonObject second =
        (PythonObject) Objects.requireNonNull(Objects.requireNonNull(pair).get(1));
    assertThat(second.attribute("x")).isEqualTo(1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NbNb", "K\u0001b}b", "}b)b"})
  void other_states_cannot_be_set_twice(String states) {
    assertThatThrownBy(() -> Pickles.read(POINT + ")\u0081" + states + "."))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageEndingWith("the object has a state already");
  }

  @ParameterizedTest
  @ValueSource(strings = {"}}Vx\nNsb", "N}b", "]K\u0001b", "K\u0005}b", "N)NN\u0087b"})
  void plain_values_take_no_state(String pickle) {
    assertThatThrownBy(() -> Pickles.read(pickle + "."))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageEndingWith("takes no state");
  }

  @ParameterizedTest
  @ValueSource(strings = {"]Nb", "]NN\u0086b"})
  void a_state_of_none_changes_nothing(String pickle) {
    assertThat(Pickles.read(pickle + ".")).isEqualTo(new PythonList());
  }

  @Test
  void a_class_cannot_be_given_attributes() {
    assertThatThrownBy(() -> Pickles.read(POINT + "N}Vx\nK\u0007s\u0086b."))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageEndingWith("a class or function cannot be given attributes");
  }

  @ParameterizedTest
  @CsvSource({
    "K\u0001)R, cannot be called",
    "Vx|)R, cannot be called",
    "K\u0001)\u0081, cannot be called",
    "K\u0001)}\u0092, cannot be called",
    "(K\u0001o, cannot be called",
    "N)R, cannot be called",
    "(i__builtin__|True|, cannot be called",
    "cm|n|]R, the arguments have to be a tuple",
    "cm|n|N\u0081, the arguments have to be a tuple",
    "cm|n|)N\u0092, the keyword arguments have to be a dict",
    "cm|n|]}\u0092, the arguments have to be a tuple",
    "K\u0001K\u0002\u0093, module and name have to be text",
    "C\u0001aC\u0001b\u0093, module and name have to be text",
    "Va|K\u0002\u0093, module and name have to be text",
    "V|Va|\u0093, the name is empty",
    "Va|V|\u0093, the name is empty",
    "c|n|, the name is empty",
    "cm||, the name is empty",
    "c\u00ff|n|, the name is not valid UTF-8"
  })
  void operands_of_the_wrong_type_are_refused(String pickle, String problem) {
    assertThatThrownBy(() -> Pickles.read(pickle.replace('|', '\n') + "."))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageEndingWith(problem);
  }

  @Test
  void a_uuid_is_a_java_uuid_also_where_the_memo_refers_to_it() {
    PythonList list = (PythonList) Pickles.read("](" + UUID_5 + "h\u0001e.");

    assertThat(list).containsExactly(new UUID(0, 5), new UUID(0, 5));
    assertThat(Objects.requireNonNull(list).get(0)).isSameAs(list.get(1));
  }

  @Test
  void a_uuid_of_protocol_0_is_a_java_uuid() {
    String pickle =
        "ccopy_reg\n_reconstructor\n(cuuid\nUUID\nc__builtin__\nobject\nNtRp1\n(dVint\nL5L\nsb.";

    assertThat(Pickles.read(pickle)).isEqualTo(new UUID(0, 5));
  }

  @Test
  void a_large_uuid_is_a_java_uuid() {
    assertThat(
            Pickles.read(
                "cuuid\nUUID\n)\u0081}Vint\n\u008a\u0011" + "\u00ff".repeat(16) + "\u0000sb."))
        .isEqualTo(new UUID(-1, -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cuuid\nUUID\n)\u0081}(Vint\nK\u0005Vis_safe\nNub",
        "cuuid\nUUID\n)\u0081}Vint\nJ\u00ff\u00ff\u00ff\u00ffsb",
        "cuuid\nUUID\n)\u0081}Vint\n\u008a\u0012"
            + "\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000"
            + "\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001\u0000sb",
        "cuuid\nUUID\n)\u0081}Vhex\nK\u0005sb",
        "cuuid\nUUID\n)\u0081K\u0005b",
        "cuuid\nUUID\nN\u0085\u0081}Vint\nK\u0005sb",
        "cuuid\nUUID\n)\u0081q\u0001}Vint\nK\u0005sh\u00010b",
        "cuuid\nUUID\n)\u008120}Vint\nK\u0005sb"
      })
  void a_uuid_in_any_other_state_stays_a_generic_object(String pickle) {
    assertThat(Pickles.read(pickle + ".")).isInstanceOf(PythonObject.class);
  }

  @ParameterizedTest
  @CsvSource({
    "Pid|, a persistent id names an object outside of the pickle",
    "NQ, a persistent id names an object outside of the pickle",
    "\u0097, an out-of-band buffer lies outside of the pickle",
    "'\u0082\u0005', extension code 5 is known to the sender's program only",
    "'\u0083\u0005\u0001', extension code 261 is known to the sender's program only",
    "'\u0084\u0005\u0001\u0000\u0000', extension code 261 is known to the sender's program only",
    "'\u0080\u0006', protocol 6 is newer than 5",
    "\u0096\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0098, a read-only view of a bytearray has no Java form"
  })
  void what_only_the_sender_knows_is_not_supported(String pickle, String problem) {
    assertThatThrownBy(() -> Pickles.read(pickle.replace('|', '\n') + "."))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageEndingWith(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0082\u0000",
        "\u0083\u0000\u0000",
        "\u0084\u00ff\u00ff\u00ff\u00ff",
        "K\u0001\u0098"
      })
  void what_nobody_knows_is_malformed(String pickle) {
    assertThatThrownBy(() -> Pickles.read(pickle + "."))
        .isInstanceOf(MalformedPayloadException.class);
  }

  @Test
  void an_unknown_opcode_is_named_by_its_byte() {
    assertThatThrownBy(() -> Pickles.read("N\u00ff."))
        .hasMessage("pickle, byte 1: 0xff is no opcode");
    assertThatThrownBy(() -> Pickles.read("{\"a\": 1}"))
        .isInstanceOf(CodecException.class)
        .hasMessage("pickle, byte 0: the first byte, 0x7b, is no opcode, so this is not a pickle");
  }

  @Test
  void a_frame_has_to_be_there_but_may_end_anywhere() {
    assertThat(
            Pickles.read(
                "\u0080\u0004\u0095\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000K\u0001."))
        .isEqualTo(1L);
    assertThatThrownBy(
            () -> Pickles.read("\u0095\u0003\u0000\u0000\u0000\u0000\u0000\u0000\u0000N."))
        .hasMessage("pickle, byte 0, FRAME: the pickle ends within the argument");
    assertThatThrownBy(() -> Pickles.read("\u0095" + "\u00ff".repeat(8) + "N."))
        .hasMessage("pickle, byte 0, FRAME: the length is out of range");
  }

  @Test
  void sets_may_be_made_by_a_call() {
    assertThat(Pickles.read("c__builtin__\nset\n](K\u0001e\u0085R.")).isEqualTo(PythonSet.of(1L));
  }

  private static PythonObject object(String pickle) {
    return (PythonObject) Objects.requireNonNull(Pickles.read(pickle));
  }
}
