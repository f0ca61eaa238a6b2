package io.github.rq4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.rq4j.codec.json.JsonSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What CPython printed of exception groups; exception_groups.py beside the texts raised them. */
class ExceptionGroupTest {
  private static final Map<?, ?> TEXTS = texts();

  private static Map<?, ?> texts() {
    try (InputStream in =
        new GZIPInputStream(
            Objects.requireNonNull(
                ExceptionGroupTest.class.getResourceAsStream("exception-groups.json.gz")))) {
      return (Map<?, ?>)
          Objects.requireNonNull(JsonSerializer.defaults().deserialize(in.readAllBytes()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PythonJobFailure parse(String python, String name) {
    Map<?, ?> ofVersion = (Map<?, ?>) Objects.requireNonNull(TEXTS.get(python));
    return PythonJobFailure.parse(String.valueOf(ofVersion.get(name))).orElseThrow();
  }

  private static @Nullable String messageOf(@Nullable Throwable failure) {
    return failure == null ? null : failure.getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.11.7", "3.12.1", "3.13.0"})
  void members_have_class_message_and_frames(String python) {
    PythonJobFailure group = parse(python, "simple");
    assertThat(group).hasMessage("ExceptionGroup: two invoices (2 sub-exceptions)");
    assertThat(group.frames())
        .extracting(PythonFrame::function)
        .containsExactly("<module>", "simple");
    assertThat(group.members())
        .extracting(Throwable::getMessage)
        .containsExactly("ValueError: no such invoice", "KeyError: 'missing'");
    assertThat(group.members().get(0).frames())
        .containsExactly(
            new PythonFrame("/srv/shop/groups.py", 16, "simple"),
            new PythonFrame("/srv/shop/groups.py", 10, "value"));
    assertThat(group.members()).allSatisfy(member -> assertThat(member).hasNoCause());
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.11.7", "3.12.1", "3.13.0"})
  void groups_in_groups_are_read(String python) {
    PythonJobFailure outer = parse(python, "nested");
    assertThat(outer.members())
        .extracting(Throwable::getMessage)
        .containsExactly(
            "TypeError: bad",
            "ExceptionGroup: two invoices (2 sub-exceptions)",
            "FileNotFoundError: [Errno 2] gone");
    PythonJobFailure inner = outer.members().get(1);
    assertThat(inner.frames()).hasSize(2);
    assertThat(inner.members())
        .extracting(PythonJobFailure::exceptionClass)
        .containsExactly("ValueError", "KeyError");
    // It was raised while the inner one was handled.
    assertThat(outer.getCause()).hasMessage(inner.getMessage());
    assertThat(((PythonJobFailure) Objects.requireNonNull(outer.getCause())).members()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.11.7", "3.12.1", "3.13.0"})
  void members_have_causes_of_their_own(String python) {
    List<PythonJobFailure> members = parse(python, "chained").members();
    assertThat(members).hasSize(2);
    assertThat(members.get(0)).hasMessage("RuntimeError: while paying");
    assertThat(members.get(0).isRaisedFromCause()).isTrue();
    assertThat(messageOf(members.get(0).getCause())).isEqualTo("ValueError: no such invoice");
    assertThat(members.get(1)).hasMessage("ValueError: no such invoice");
    assertThat(members.get(1).isRaisedFromCause()).isFalse();
    assertThat(messageOf(members.get(1).getCause())).isEqualTo("KeyError: 'missing'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.11.7", "3.12.1", "3.13.0"})
  void a_group_has_causes_and_is_one(String python) {
    PythonJobFailure caused = parse(python, "caused");
    assertThat(caused.isRaisedFromCause()).isTrue();
    assertThat(messageOf(caused.getCause())).isEqualTo("ValueError: no such invoice");
    assertThat(caused.members()).extracting(Throwable::getMessage).containsExactly("KeyError: 'k'");
    PythonJobFailure wrapped = parse(python, "group_as_cause");
    assertThat(wrapped).hasMessage("RuntimeError: wrapped");
    assertThat(wrapped.members()).isEmpty();
    assertThat(((PythonJobFailure) Objects.requireNonNull(wrapped.getCause())).members())
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.11.7", "3.12.1", "3.13.0"})
  void notes_and_further_lines_are_kept_with_the_message(String python) {
    PythonJobFailure group = parse(python, "noted");
    assertThat(group.exceptionMessage())
        .isEqualTo("noted\nin two lines (1 sub-exception)\nnote of the group");
    assertThat(group.members().get(0).exceptionMessage())
        .isEqualTo("first line\nsecond line\ninvoice 7\nof customer ada");
    assertThat(parse(python, "plain_notes").exceptionMessage())
        .isEqualTo("with notes\nfirst note\nsecond\nnote");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.11.7", "3.12.1", "3.13.0"})
  void what_python_left_out_is_told(String python) {
    List<PythonJobFailure> members = parse(python, "many").members();
    assertThat(members).hasSize(16);
    assertThat(members.get(14)).hasMessage("ValueError: 14");
    assertThat(members.get(15)).hasMessage("and 5 more exceptions");
    assertThat(members.get(15).exceptionClass()).isEmpty();
    PythonJobFailure deepest = parse(python, "deep");
    int levels = 0;
    while (!deepest.members().isEmpty()) {
      deepest = deepest.members().get(0);
      levels++;
    }
    assertThat(levels).isEqualTo(10);
    assertThat(deepest).hasMessage("... (max_group_depth is 10)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.11.7", "3.12.1", "3.13.0"})
  void members_of_all_kinds_are_read(String python) {
    assertThat(parse(python, "untraced").members())
        .extracting(Throwable::getMessage)
        .containsExactly("ValueError: a", "KeyError: 'b'");
    assertThat(parse(python, "base").members())
        .extracting(PythonJobFailure::exceptionClass, PythonJobFailure::exceptionMessage)
        .containsExactly(tuple("KeyboardInterrupt", ""), tuple("ValueError", ""));
    PythonJobFailure syntax = parse(python, "syntax").members().get(0);
    assertThat(syntax.exceptionClass()).isEqualTo("SyntaxError");
    assertThat(syntax.frames()).last().isEqualTo(new PythonFrame("<string>", 1, ""));
    PythonJobFailure own = parse(python, "own");
    assertThat(own.exceptionClass()).isEqualTo("Odd");
    assertThat(own.members()).hasSize(1);
    assertThat(own.members().get(0).exceptionMessage())
        .isEqualTo("+---------------- 2 ----------------");
  }

  @Test
  void members_are_printed_and_survive_serialization() throws Exception {
    PythonJobFailure group = parse("3.13.0", "simple");
    StringWriter printed = new StringWriter();
    group.printStackTrace(new PrintWriter(printed, true));
    assertThat(printed.toString())
        .containsSubsequence(
            "ExceptionGroup: two invoices",
            "Suppressed: io.github.rq4j.client.PythonJobFailure: ValueError: no such invoice",
            "at <python>.value(/srv/shop/groups.py:10)");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(group);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((PythonJobFailure) in.readObject()).members()).hasSize(2);
    }
  }

  @Test
  void groups_set_in_deeper_than_python_prints_are_cut() {
    StringBuilder text =
        new StringBuilder("  + Exception Group Traceback (most recent call last):\n  | E: 0\n");
    for (int level = 1; level < 3_000; level++) {
      text.append("  ".repeat(level)).append("+-+---------------- 1 ----------------\n");
      text.append("  ".repeat(level + 1)).append("| E: ").append(level).append('\n');
    }
    PythonJobFailure deepest = PythonJobFailure.parse(text.toString()).orElseThrow();
    int levels = 0;
    while (!deepest.members().isEmpty()) {
      deepest = deepest.members().get(0);
      levels++;
    }
    assertThat(levels).isEqualTo(20);
  }
}
