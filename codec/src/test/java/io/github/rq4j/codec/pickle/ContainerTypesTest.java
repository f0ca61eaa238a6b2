package io.github.rq4j.codec.pickle;

import static io.github.rq4j.codec.pickle.Calls.bytes;
import static io.github.rq4j.codec.pickle.Calls.call;
import static io.github.rq4j.codec.pickle.Calls.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.python.PythonByteArray;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonFrozenSet;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonPath;
import io.github.rq4j.codec.python.PythonRange;
import io.github.rq4j.codec.python.PythonSet;
import io.github.rq4j.codec.python.PythonTuple;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls that make bytes, containers, paths and errors. */
class ContainerTypesTest {
  @Test
  void bytes_come_as_text_in_latin_1() throws BadArguments {
    assertThat(call("_codecs.encode", "\u0000\u00ff", "latin1"))
        .isEqualTo(PythonBytes.fromArray(new byte[] {0, -1}));
    assertThat(call("_codecs.encode", "\u20ac", "UTF_8")).isEqualTo(bytes("\u20ac"));
    assertThat(call("_codecs.encode", "a", "ascii")).isEqualTo(bytes("a"));
    assertThat(call("_codecs.encode", "a")).isNull();
    assertThat(call("builtins.bytes")).isSameAs(PythonBytes.EMPTY);
    assertThat(call("builtins.bytes", bytes("a"))).isEqualTo(bytes("a"));
    assertThat(call("builtins.bytes", PythonList.of(97L))).isEqualTo(bytes("a"));
    assertThat(call("builtins.bytes", "a", "latin1")).isEqualTo(bytes("a"));
    assertThat(call("builtins.bytes", 5L)).isNull();
    refused("_codecs.encode", "\u20ac", "latin1");
    refused("_codecs.encode", "\u00e9", "ascii");
    refused("_codecs.encode", "a", 5L);
    refused("_codecs.encode", bytes("a"), "latin1");
    refused("builtins.bytes", "a");
    refused("builtins.bytes", PythonList.of(256L));
    refused("builtins.bytes", PythonList.of("a"));
    refused("builtins.bytes", new Object[] {null});
    assertThatThrownBy(() -> call("_codecs.encode", "a", "rot13"))
        .isInstanceOf(UnsupportedValueException.class);
  }

  @Test
  void byte_arrays_come_as_bytes_or_text() throws BadArguments {
    for (Object[] args :
        new Object[][] {
          {bytes("a")}, {"a", "latin-1"}, {PythonByteArray.fromArray(new byte[] {'a'})}
        }) {
      PythonByteArray array = (PythonByteArray) call("builtins.bytearray", args);
      assertThat(array).isNotNull();
      assertThat(array.toByteArray()).containsExactly('a');
    }
    assertThat(call("builtins.bytearray")).isInstanceOf(PythonByteArray.class);
    refused("builtins.bytearray", "a", "latin1", "strict");
  }

  @Test
  void containers_may_be_made_of_others() throws BadArguments {
    PythonList list = PythonList.of(1L, 2L);

    assertThat(call("builtins.set", list)).isEqualTo(PythonSet.of(1L, 2L));
    assertThat(call("builtins.frozenset", PythonTuple.of(1L))).isEqualTo(PythonFrozenSet.of(1L));
    assertThat(call("builtins.list", PythonFrozenSet.of(1L))).isEqualTo(List.of(1L));
    assertThat(call("builtins.tuple", list)).isEqualTo(PythonTuple.of(1L, 2L));
    assertThat(call("builtins.list", new PythonDict(Map.of("k", 1L)))).isEqualTo(List.of("k"));
    assertThat(call("builtins.list")).isEqualTo(List.of());
    assertThat(call("builtins.set", "abc")).isNull();
    assertThat(call("builtins.list", PythonRange.of(0, 3, 1))).isNull();
    refused("builtins.set", 5L);
    refused("builtins.list", new Object[] {null});
    refused("builtins.tuple", list, list);
  }

  @Test
  void a_copied_container_is_another_object() throws BadArguments {
    PythonList list = PythonList.of(1L);

    assertThat(call("builtins.list", list)).isEqualTo(list).isNotSameAs(list);
  }

  @Test
  void dicts_may_be_made_of_pairs_or_another_dict() throws BadArguments {
    Map<Object, Object> expected = Map.of("a", 1L);

    assertThat(call("builtins.dict", PythonList.of(PythonTuple.of("a", 1L)))).isEqualTo(expected);
    assertThat(call("builtins.dict", PythonList.of(PythonList.of("a", 1L)))).isEqualTo(expected);
    assertThat(call("builtins.dict", new PythonDict(expected))).isEqualTo(expected);
    assertThat(call("builtins.dict")).isEqualTo(Map.of());
    assertThat(call("builtins.dict", PythonList.of("ab"))).isNull();
    refused("builtins.dict", PythonList.of(PythonTuple.of("a")));
    refused("builtins.dict", PythonList.of(5L));
    refused("builtins.dict", 5L);
  }

  @Test
  void paths_are_made_of_their_parts() throws BadArguments {
    assertThat(call("pathlib.PosixPath", "/", "etc", "hosts"))
        .isEqualTo(new PythonPath("PosixPath", List.of("/", "etc", "hosts")));
    assertThat(call("pathlib._local.PurePosixPath", "/etc/hosts"))
        .isEqualTo(new PythonPath("PurePosixPath", List.of("/", "etc", "hosts")));
    assertThat(call("pathlib.PosixPath", new PythonPath("PosixPath", List.of()))).isNull();
    refused("pathlib.PosixPath", 5L);
  }

  @Test
  void operating_system_errors_are_of_the_class_of_their_number() throws BadArguments {
    PythonObject error = (PythonObject) call("builtins.OSError", 2L, "gone", "/x");

    assertThat(error).isNotNull();
    assertThat(error.callable()).isEqualTo(new PythonGlobal("builtins", "FileNotFoundError"));
    assertThat(error.args()).isEqualTo(PythonTuple.of(2L, "gone", "/x"));
    assertThat(call("builtins.OSError", 2L)).isNull();
    assertThat(call("builtins.OSError", 9999L, "x")).isNull();
    assertThat(call("builtins.ValueError", 2L, "x")).isNull();
  }
}
