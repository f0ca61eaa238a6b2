package io.github.rq4j.codec.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonTuple;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlobalPolicyTest {
  private static final PickleSerializer PICKLE = PickleSerializer.defaults();

  private static PythonGlobal global(String dotted) {
    int dot = dotted.lastIndexOf('.');
    return new PythonGlobal(dotted.substring(0, dot), dotted.substring(dot + 1));
  }

  private static PythonObject call(String name, @Nullable Object... args) {
    return PythonObject.reduce(global(name), PythonTuple.of(args));
  }

  private static void assertRefused(@Nullable Object value) {
    assertThatThrownBy(() -> PICKLE.serialize(value)).isInstanceOf(UnsupportedValueException.class);
  }

  @Test
  void a_callable_read_from_elsewhere_is_not_written_back() {
    byte[] attack = "cos\nsystem\n(S'echo hi'\ntR.".getBytes(StandardCharsets.US_ASCII);
    Object value = PICKLE.deserialize(attack);
    assertThatThrownBy(() -> PICKLE.serialize(List.of(1, PythonTuple.of("x", value)), "args"))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessage(
            "args[1][1]: names the Python class or function os.system, which may not be written;"
                + " allow it in the serializer if Python is meant to use it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "os.system",
        "posix.system",
        "subprocess.Popen",
        "builtins.eval",
        "builtins.exec",
        "builtins.getattr",
        "builtins.__import__",
        "builtins.open",
        "builtins.type",
        "operator.attrgetter",
        "operator.methodcaller",
        "functools.reduce",
        "_codecs.encode",
        "codecs.decode",
        "pickle.loads",
        "importlib.import_module",
        "sys.exit",
        "shop.models.Order"
      })
  void a_function_or_unknown_class_is_refused_wherever_it_stands(String name) {
    PythonObject partial = call("functools.partial", global(name));
    PythonObject stateful = call("types.SimpleNamespace");
    PythonDict state = new PythonDict();
    state.put("f", global(name));
    stateful.setState(state);
    PythonObject setter = call("types.SimpleNamespace");
    setter.setState(1L, global(name));
    for (Object value :
        new Object[] {
          global(name),
          call(name, "x"),
          PythonObject.newObject(global(name), PythonTuple.EMPTY),
          PythonObject.newObject(global(name), PythonTuple.EMPTY, new PythonDict()),
          PythonObject.instance(global(name), PythonTuple.EMPTY),
          call("collections.defaultdict", global(name)),
          call("copyreg._reconstructor", global(name), global("builtins.object"), null),
          partial,
          stateful,
          setter,
          PythonList.of(PythonTuple.of(global(name)))
        }) {
      for (int protocol = 0; protocol <= 5; protocol++) {
        PickleSerializer pickle = PickleSerializer.builder().protocol(protocol).build();
        assertThatThrownBy(() -> pickle.serialize(value))
            .isInstanceOf(UnsupportedValueException.class);
      }
    }
  }

  @Test
  void attributes_are_reached_for_in_known_pairs_only() {
    PythonGlobal zoneInfo = global("zoneinfo.ZoneInfo");
    PythonObject unpickle = call("builtins.getattr", zoneInfo, "_unpickle");
    assertThatCode(
            () ->
                PICKLE.serialize(PythonObject.reduce(unpickle, PythonTuple.of("Europe/Rome", 0L))))
        .doesNotThrowAnyException();
    assertRefused(call("builtins.getattr", zoneInfo, "__class__"));
    assertRefused(call("builtins.getattr", unpickle, "__self__"));
    assertRefused(call("builtins.getattr", "text", "format"));
    assertRefused(call("builtins.getattr", zoneInfo));
  }

  @Test
  void type_is_called_with_a_singleton_only() {
    assertThatCode(() -> PICKLE.serialize(call("builtins.type", (Object) null)))
        .doesNotThrowAnyException();
    assertRefused(call("builtins.type", 1L));
    assertRefused(call("builtins.type", "X", PythonTuple.EMPTY, new PythonDict()));
  }

  @Test
  void calling_anything_but_a_name_is_refused() {
    assertRefused(PythonObject.reduce("os.system", PythonTuple.of("x")));
    assertRefused(PythonObject.reduce(null, PythonTuple.EMPTY));
    assertRefused(PythonObject.reduce(call("types.SimpleNamespace"), PythonTuple.EMPTY));
  }

  @Test
  void an_object_that_others_share_is_given_no_state() {
    PythonObject utc = call("pytz._UTC");
    assertThatCode(() -> PICKLE.serialize(utc)).doesNotThrowAnyException();
    utc.setState(PythonTuple.of(null, new PythonDict()));
    assertRefused(utc);
  }

  @Test
  void a_name_that_was_allowed_is_written() {
    PickleSerializer pickle =
        PickleSerializer.builder()
            .allowGlobal("shop.models", "Order")
            .allowGlobals(global -> global.module().equals("shop.tasks"))
            .build();
    PythonObject order = PythonObject.newObject(global("shop.models.Order"), PythonTuple.EMPTY);
    Object read = pickle.deserialize(pickle.serialize(List.of(order, global("shop.tasks.add"))));
    assertThat(String.valueOf(read)).contains("shop.models.Order").contains("shop.tasks.add");
    assertThatThrownBy(() -> pickle.serialize(global("shop.models.Other")))
        .isInstanceOf(UnsupportedValueException.class);
  }

  @Test
  void a_nested_class_and_a_method_of_an_allowed_class_need_their_own_permission() {
    PickleSerializer pickle =
        PickleSerializer.builder()
            .allowGlobal("shop.models", "Outer")
            .allowGlobal("shop.models", "Outer.Inner")
            .build();
    PythonGlobal outer = new PythonGlobal("shop.models", "Outer");
    assertThatCode(() -> pickle.serialize(new PythonGlobal("shop.models", "Outer.Inner")))
        .doesNotThrowAnyException();
    assertThatCode(() -> pickle.serialize(call("builtins.getattr", outer, "Inner")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> pickle.serialize(call("builtins.getattr", outer, "wipe")))
        .isInstanceOf(UnsupportedValueException.class);
  }

  @Test
  void a_name_cannot_smuggle_opcodes_into_a_line() {
    PythonGlobal name = new PythonGlobal("shop", "x\ncos\nsystem");
    for (int protocol = 0; protocol < 4; protocol++) {
      PickleSerializer pickle =
          PickleSerializer.builder().protocol(protocol).allowGlobals(any -> true).build();
      assertThatThrownBy(() -> pickle.serialize(name))
          .isInstanceOf(UnsupportedValueException.class)
          .hasMessageContaining("protocol " + protocol);
    }
  }

  @Test
  void a_name_beyond_ascii_needs_protocol_3() {
    PythonGlobal name = new PythonGlobal("shop", "\u00fcber");
    PickleSerializer.Builder all = PickleSerializer.builder().allowGlobals(any -> true);
    assertThat(HexFormat.of().formatHex(all.protocol(3).build().serialize(name)))
        .isEqualTo("80036373686f700ac3bc6265720a71002e");
    assertThatThrownBy(() -> all.protocol(2).build().serialize(name))
        .isInstanceOf(UnsupportedValueException.class);
  }

  @Test
  void an_odd_name_is_not_shown() {
    assertThatThrownBy(() -> PICKLE.serialize(new PythonGlobal("m", "x y\u0007")))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageContaining("with a name that cannot be shown");
  }
}
