package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.pickle.KnownTypes.Maker;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonTuple;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The class of an operating system's error. Python's {@code OSError} makes an instance of the
 * subclass that goes with the error number, and protocols below 3 name the subclasses no other way.
 * The numbers are those of Linux.
 */
final class OsErrors {
  private static final String[][] SUBCLASSES = {
    {"BlockingIOError", "11 114 115"},
    {"BrokenPipeError", "32 108"},
    {"ChildProcessError", "10"},
    {"ConnectionAbortedError", "103"},
    {"ConnectionRefusedError", "111"},
    {"ConnectionResetError", "104"},
    {"FileExistsError", "17"},
    {"FileNotFoundError", "2"},
    {"InterruptedError", "4"},
    {"IsADirectoryError", "21"},
    {"NotADirectoryError", "20"},
    {"PermissionError", "1 13"},
    {"ProcessLookupError", "3"},
    {"TimeoutError", "110"},
  };

  private static final Map<Long, PythonGlobal> BY_NUMBER = byNumber();

  private OsErrors() {}

  private static Map<Long, PythonGlobal> byNumber() {
    Map<Long, PythonGlobal> classes = new HashMap<>();
    for (String[] row : SUBCLASSES) {
      for (String number : row[1].split(" ", -1)) {
        classes.put(Long.valueOf(number), new PythonGlobal("builtins", row[0]));
      }
    }
    return Map.copyOf(classes);
  }

  static void register(Map<PythonGlobal, Maker> makers) {
    for (String alias : new String[] {"OSError", "IOError", "EnvironmentError"}) {
      makers.put(new PythonGlobal("builtins", alias), OsErrors::error);
    }
  }

  private static @Nullable Object error(PythonTuple args, CodecLimits limits) {
    PythonGlobal subclass =
        args.size() >= 2 && args.get(0) instanceof Long number ? BY_NUMBER.get(number) : null;
    return subclass == null ? null : PythonObject.reduce(subclass, args);
  }
}
