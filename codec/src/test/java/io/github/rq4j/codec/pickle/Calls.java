package io.github.rq4j.codec.pickle;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonTuple;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Calls of Python's types as a pickle makes them. */
final class Calls {
  private Calls() {}

  static void refused(String type, @Nullable Object... args) {
    assertThatThrownBy(() -> call(type, args))
        .isInstanceOf(BadArguments.class)
        .hasMessageEndingWith("cannot be made of these arguments");
  }

  static @Nullable Object call(String type, @Nullable Object... args) throws BadArguments {
    int dot = type.startsWith("pathlib._local") ? 14 : type.indexOf('.');
    return make(new PythonGlobal(type.substring(0, dot), type.substring(dot + 1)), args);
  }

  static @Nullable Object make(Object callable, @Nullable Object... args) throws BadArguments {
    return KnownTypes.make(callable, PythonTuple.of(args), CodecLimits.builder().build(), 5);
  }

  static PythonBytes packed(String hex) {
    return PythonBytes.fromArray(HexFormat.of().parseHex(hex));
  }

  static PythonBytes bytes(String text) {
    return PythonBytes.fromArray(text.getBytes(StandardCharsets.UTF_8));
  }
}
