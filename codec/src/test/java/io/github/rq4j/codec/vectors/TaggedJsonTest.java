package io.github.rq4j.codec.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.VectorFiles;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonTuple;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaggedJsonTest {
  private static final PickleSerializer ANY =
      PickleSerializer.builder().allowGlobals(global -> true).build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scalars",
        "strings",
        "containers",
        "sharing",
        "datetime",
        "stdlib",
        "classes",
        "rq-jobs"
      })
  void what_a_vector_reads_as_is_described_and_made_again(String file) throws IOException {
    List<String> different = new ArrayList<>();
    int described = 0;
    for (String line : VectorFiles.lines(file)) {
      JsonNode vector = TaggedJson.parse(line);
      Object value = vector.has("hex") ? read(vector.get("hex").asText()) : null;
      if (value != null && !line.contains("\"nest\"")) {
        described++;
        String tagged = TaggedJson.write(value);
        boolean matches = TaggedComparison.matches(TaggedJson.parse(tagged), value, true);
        if (!matches || !isWrittenAlike(value, TaggedJson.read(tagged))) {
          different.add(vector.get("id").asText());
        }
      }
    }

    assertThat(described).isGreaterThan(100);
    assertThat(different).isEmpty();
  }

  private static @Nullable Object read(String hex) {
    return ANY.deserialize(HexFormat.of().parseHex(hex));
  }

  private static boolean isWrittenAlike(Object value, @Nullable Object again) {
    byte[] bytes;
    try {
      bytes = ANY.serialize(value);
    } catch (CodecException e) {
      return true; // hand-made objects that no Python writes
    }
    return Arrays.equals(bytes, ANY.serialize(again));
  }

  @Test
  void a_value_is_one_line_of_ascii() {
    assertThat(TaggedJson.write(PythonTuple.of("é\n", 1L)))
        .isEqualTo(
            "{\"t\":\"tuple\",\"v\":[{\"t\":\"str\",\"v\":\"\\u00E9\\n\"},"
                + "{\"t\":\"int\",\"v\":\"1\"}]}");
  }

  @Test
  void a_lone_surrogate_is_told_by_code_points() {
    assertThat(TaggedJson.write("a\ud800")).isEqualTo("{\"t\":\"str\",\"cp\":[97,55296]}");
  }

  @Test
  void a_value_that_contains_itself_stays_one() {
    PythonList list = new PythonList();
    list.add(list);

    Object again = TaggedJson.read(TaggedJson.write(list));

    assertThat(again).isInstanceOf(PythonList.class);
    assertThat(((PythonList) Objects.requireNonNull(again)).get(0)).isSameAs(again);
  }

  @Test
  void a_dict_of_a_hundred_levels_is_described_and_read_again() {
    assertThat(TaggedJson.read(TaggedJson.write(nested(100)))).isEqualTo(nested(100));
  }

  @Test
  void what_is_too_deep_is_refused() {
    assertThatThrownBy(() -> TaggedJson.write(nested(100_000)))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageContaining("300 levels deep");
  }

  @Test
  void another_java_type_is_refused() {
    assertThatThrownBy(() -> TaggedJson.write(new Object()))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageContaining("tagged JSON has no form for");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "1",
        "{\"t\": \"nothing\"}",
        "{\"t\": \"int\"}",
        "{\"t\": \"int\", \"v\": \"x\"}",
        "{\"t\": \"bytes\", \"v\": \"0\"}",
        "{\"t\": \"date\", \"v\": \"yesterday\"}",
        "{\"t\": \"timedelta\", \"v\": [1]}",
        "{\"t\": \"ref\", \"id\": 1}",
        "{\"t\": \"dict\", \"v\": [[]]}",
        "{\"t\": \"str\", \"cp\": [-1]}",
        "{\"t\": \"str\", \"rep\": []}",
        "{\"t\": \"array\", \"code\": \"\", \"v\": []}",
        "{\"t\": \"fraction\", \"n\": \"1\", \"d\": \"0\"}",
        "{\"t\": \"tuple\", \"id\": 0, \"v\": [{\"t\": \"ref\", \"id\": 0}]}",
        "{\"t\": \"dict\", \"v\": [[{\"t\": \"list\", \"v\": []}, {\"t\": \"none\"}]]}",
        "{\"t\": \"timezone\", \"offset\": {\"t\": \"timedelta\", \"v\": [5, 0, 0]}}",
      })
  void text_that_is_no_tagged_value_is_malformed(String text) {
    assertThatThrownBy(() -> TaggedJson.read(text)).isInstanceOf(MalformedPayloadException.class);
  }

  private static PythonDict nested(int depth) {
    PythonDict value = new PythonDict();
    for (int i = 1; i < depth; i++) {
      PythonDict outer = new PythonDict();
      outer.put("k", value);
      value = outer;
    }
    return value;
  }
}
