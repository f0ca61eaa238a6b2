package io.github.rq4j.codec.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonFrozenSet;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonSet;
import io.github.rq4j.codec.python.PythonTuple;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerOpcodesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "](K\u0001K\u0002e.",
        "]K\u0001aK\u0002a.",
        "(K\u0001K\u0002l.",
        "(lK\u0001aK\u0002a.",
        "](e(K\u0001e(K\u0002e."
      })
  void lists_are_filled_in_several_ways(String pickle) {
    assertThat(Pickles.read(pickle)).isInstanceOf(PythonList.class).isEqualTo(List.of(1L, 2L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"}(K\u0001Nu.", "}K\u0001Ns.", "(K\u0001Nd.", "(dK\u0001Ns.", "}(u(K\u0001Nu."})
  void dicts_are_filled_in_several_ways(String pickle) {
    assertThat(Pickles.read(pickle))
        .isInstanceOf(PythonDict.class)
        .isEqualTo(Collections.singletonMap(1L, null));
  }

  @ParameterizedTest
  @CsvSource({"N\u0085, 1", "NN\u0086, 2", "NNN\u0087, 3", "(NNNNt, 4", "(t, 0", ")t, 1"})
  void tuples_of_all_sizes_are_tuples(String pickle, int size) {
    String marked = pickle.equals(")t") ? "()t" : pickle;

    assertThat(Pickles.read(marked + "."))
        .isEqualTo(
            PythonTuple.of(size == 1 && marked.startsWith("()") ? oneEmpty() : new Object[size]));
  }

  private static Object[] oneEmpty() {
    return new Object[] {PythonTuple.EMPTY};
  }

  @Test
  void sets_and_frozen_sets_differ() {
    assertThat(Pickles.read("\u008f(K\u0001K\u0002\u0090."))
        .isInstanceOf(PythonSet.class)
        .isEqualTo(PythonSet.of(1L, 2L));
    assertThat(Pickles.read("(K\u0001K\u0002\u0091.")).isEqualTo(PythonFrozenSet.of(1L, 2L));
    assertThat(Pickles.read("\u008f(\u0090.")).isEqualTo(new PythonSet());
  }

  @Test
  void a_key_that_comes_again_takes_the_last_value_and_keeps_the_first_place() {
    PythonDict dict =
        (PythonDict)
            Pickles.read("}(K\u0001\u008c\u0001aK\u0002\u008c\u0001b\u0088\u008c\u0001cu.");

    assertThat(dict).containsExactly(Map.entry(1L, "c"), Map.entry(2L, "b"));
  }

  @Test
  void what_the_memo_gives_is_the_same_object() {
    PythonList list = (PythonList) Pickles.read("](]q\u0000h\u0000j\u0000\u0000\u0000\u0000g0\ne.");

    assertThat(list).hasSize(4).allMatch(each -> list.get(0) == each);
  }

  @Test
  void memoize_counts_the_entries() {
    PythonList list =
        (PythonList) Pickles.read("](Nq\u0005N\u0094\u008c\u0002ab\u0094h\u0002h\u0001e.");

    assertThat(list).containsExactly(null, null, "ab", "ab", null);
  }

  @Test
  void dup_gives_the_same_object_twice() {
    PythonTuple tuple = (PythonTuple) Pickles.read("]2\u0086.");

    assertThat(tuple).isNotNull();
    assertThat(tuple.get(0)).isSameAs(tuple.get(1));
  }

  @Test
  void a_list_may_hold_itself() {
    PythonList list = (PythonList) Pickles.read("]\u0094h\u0000a.");

    assertThat(list).isNotNull();
    assertThat(list.get(0)).isSameAs(list);
  }

  @Test
  void a_tuple_in_a_cycle_is_popped_and_fetched() {
    PythonTuple tuple = (PythonTuple) Pickles.read("]\u0094h\u0000\u0085\u0094a0h\u0001.");

    assertThat(tuple).isNotNull();
    assertThat(tuple.get(0)).isEqualTo(PythonList.of(tuple));
  }

  @Test
  void pop_drops_values_and_marks() {
    assertThat(Pickles.read("K\u0001K\u00020.")).isEqualTo(1L);
    assertThat(Pickles.read("K\u0001(0.")).isEqualTo(1L);
    assertThat(Pickles.read("K\u0001(K\u0002K\u00031.")).isEqualTo(1L);
  }

  @Test
  void a_memo_entry_of_any_index_can_be_used() {
    assertThat(Pickles.read("K\u0005r\u00ff\u00ff\u00ff\u00ff0j\u00ff\u00ff\u00ff\u00ff."))
        .isEqualTo(5L);
    assertThat(Pickles.read("K\u0005p999999999999\n0g999999999999\n.")).isEqualTo(5L);
    assertThat(Pickles.read("K\u0005p2000\nK\u0006p2000\n00g2000\n.")).isEqualTo(6L);
  }

  /** As in CPython, where each further MEMOIZE overwrites the entry that was set ahead. */
  @Test
  void the_memo_stays_at_an_entry_that_was_set_far_ahead() {
    String pickle = "](K\u0007p5000\n" + "K\u0001\u0094".repeat(6000);
    PythonList list = (PythonList) Pickles.read(pickle + "g5000\ng4999\ne.");

    assertThat(list).hasSize(6003).endsWith(1L, 1L);
    assertThatThrownBy(() -> Pickles.read(pickle + "g5002\ne."))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining("the memo has no such entry");
  }

  @ParameterizedTest
  @CsvSource({
    "a., 0, APPEND",
    "N\u0085a., 2, APPEND",
    "(N\u0086., 2, TUPLE2",
    "s., 0, SETITEM",
    "}Ns., 2, SETITEM",
    "}(NNs., 4, SETITEM",
    "](a., 2, APPEND",
    "0., 0, POP",
    "2., 0, DUP",
    "(2., 1, DUP",
    "\u0094., 0, MEMOIZE",
    "q\u0000., 0, BINPUT",
    "(q\u0000., 1, BINPUT",
    "., 0, STOP",
    "N(., 2, STOP",
    "R., 0, REDUCE",
    "N(NR., 3, REDUCE",
    "b., 0, BUILD",
    "N\u0081., 1, NEWOBJ",
    "NN\u0092., 2, NEWOBJ_EX",
    "N\u0093., 1, STACK_GLOBAL",
    "(o., 1, OBJ",
    "(e., 1, APPENDS",
    "N((e., 3, APPENDS",
    "(u., 1, SETITEMS",
    "(\u0090., 1, ADDITEMS",
    "\u0098., 0, READONLY_BUFFER",
    "Q., 0, BINPERSID"
  })
  void a_stack_that_is_too_low_is_reported_with_its_place(
      String pickle, int offset, String opcode) {
    assertThatThrownBy(() -> Pickles.read(pickle))
        .isInstanceOf(CodecException.class)
        .hasMessageStartingWith("pickle, byte " + offset + ", " + opcode + ": ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"t", "l", "d", "e", "u", "1", "o", "\u0091", "\u0090", "icopy\nx\n"})
  void a_missing_mark_is_reported(String opcode) {
    assertThatThrownBy(() -> Pickles.read("]N" + opcode + "."))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageEndingWith("there is no mark on the stack");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h\u0000.", "j\u0000\u0000\u0000\u0000.", "g0\n.", "Nq\u00010h\u0002."})
  void a_missing_memo_entry_is_reported(String pickle) {
    assertThatThrownBy(() -> Pickles.read(pickle))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageEndingWith("the memo has no such entry");
  }

  @ParameterizedTest
  @ValueSource(strings = {"g-1\n.", "Np-1\n.", "g99999999999999999999\n.", "gx\n.", "Np\n."})
  void an_impossible_memo_index_is_refused(String pickle) {
    assertThatThrownBy(() -> Pickles.read(pickle)).isInstanceOf(MalformedPayloadException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(Nd.", "}(Nu.", "}(NNNu."})
  void a_key_without_value_is_refused(String pickle) {
    assertThatThrownBy(() -> Pickles.read(pickle)).hasMessageEndingWith("a key has no value");
  }

  @ParameterizedTest
  @CsvSource({
    "K\u0001Na, nothing can be appended to a value of type Long",
    "NNa, nothing can be appended to None",
    ")Na, nothing can be appended to a value of type PythonTuple",
    "]NNs, items cannot be set in a value of type PythonList",
    "](N\u0090, nothing can be added to a value of type PythonList",
    "(\u0091(N\u0090, nothing can be added to a value of type PythonFrozenSet"
  })
  void a_target_of_the_wrong_type_is_refused(String pickle, String problem) {
    assertThatThrownBy(() -> Pickles.read(pickle + "."))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageEndingWith(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"}]Ns", "}(]Nu", "(]Nd", "\u008f(]\u0090", "(]\u0091", "}]\u0085Ns", "}}Ns"})
  void an_unhashable_key_is_refused(String pickle) {
    assertThatThrownBy(() -> Pickles.read(pickle + "."))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageStartingWith("pickle, byte ")
        .hasMessageContaining("cannot be a dict key or set member");
  }

  @Test
  void what_lies_below_the_result_or_behind_stop_is_ignored() {
    assertThat(Pickles.read("K\u0001K\u0002K\u0003.rubbish")).isEqualTo(3L);
  }
}
