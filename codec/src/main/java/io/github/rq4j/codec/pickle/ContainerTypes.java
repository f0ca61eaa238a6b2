package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.pickle.KnownTypes.Maker;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Containers made by a call, as the protocols before 4 write sets, and arrays and paths. */
final class ContainerTypes {
  private static final String DICT = "builtins.dict";
  private static final String[] PATHS = {
    "PurePosixPath", "PosixPath", "PureWindowsPath", "WindowsPath"
  };

  private ContainerTypes() {}

  static void register(Map<PythonGlobal, Maker> makers) {
    makers.put(new PythonGlobal("builtins", "list"), ContainerTypes::list);
    makers.put(new PythonGlobal("builtins", "tuple"), ContainerTypes::tuple);
    makers.put(new PythonGlobal("builtins", "dict"), ContainerTypes::dict);
    makers.put(new PythonGlobal("builtins", "set"), ContainerTypes::set);
    makers.put(new PythonGlobal("builtins", "frozenset"), ContainerTypes::frozenSet);
    makers.put(new PythonGlobal("array", "array"), ArrayContent::ofCall);
    makers.put(new PythonGlobal("array", "_array_reconstructor"), ArrayContent::ofReconstructor);
    for (String type : PATHS) {
      Maker path = (args, limits) -> path(type, args);
      makers.put(new PythonGlobal("pathlib", type), path);
      makers.put(new PythonGlobal("pathlib._local", type), path);
    }
  }

  private static @Nullable Object list(PythonTuple args, CodecLimits limits) throws BadArguments {
    Collection<?> elements = members(args, "builtins.list");
    return elements == null ? null : new PythonList(elements);
  }

  private static @Nullable Object tuple(PythonTuple args, CodecLimits limits) throws BadArguments {
    Collection<?> elements = members(args, "builtins.tuple");
    return elements == null ? null : PythonTuple.copyOf(elements);
  }

  private static @Nullable Object dict(PythonTuple args, CodecLimits limits) throws BadArguments {
    if (args.size() == 1 && args.get(0) instanceof PythonDict entries) {
      return new PythonDict(entries);
    }
    Collection<?> pairs = members(args, DICT);
    if (pairs == null) {
      return null;
    }
    PythonDict dict = new PythonDict();
    for (Object pair : pairs) {
      List<?> parts = members(PythonTuple.of(pair), DICT) instanceof List<?> list ? list : null;
      if (parts == null) {
        return null;
      }
      if (parts.size() != 2) {
        throw BadArguments.of(DICT);
      }
      dict.put(parts.get(0), parts.get(1));
    }
    return dict;
  }

  private static @Nullable Object set(PythonTuple args, CodecLimits limits) throws BadArguments {
    Collection<?> members = members(args, "builtins.set");
    return members == null ? null : new PythonSet(members);
  }

  private static @Nullable Object frozenSet(PythonTuple args, CodecLimits limits)
      throws BadArguments {
    Collection<?> members = members(args, "builtins.frozenset");
    return members == null ? null : PythonFrozenSet.copyOf(members);
  }

  /** What the argument of a set iterates over, null if that is not known here. */
  private static @Nullable Collection<?> members(PythonTuple args, String type)
      throws BadArguments {
    if (args.isEmpty()) {
      return Collections.emptyList();
    }
    Object arg = args.get(0);
    if (args.size() > 1) {
      throw BadArguments.of(type);
    }
    if (arg instanceof Collection<?> members) {
      return members;
    }
    if (arg instanceof PythonTuple members) {
      return members.asList();
    }
    if (arg instanceof PythonFrozenSet members) {
      return members.asSet();
    }
    if (arg instanceof PythonDict dict) {
      return dict.keySet();
    }
    if (arg instanceof String
        || arg instanceof PythonBytes
        || arg instanceof PythonRange
        || arg instanceof PythonObject) {
      return null;
    }
    throw BadArguments.of(type);
  }

  /** The parts of a path, or before they are split its text. */
  private static @Nullable Object path(String type, PythonTuple args) throws BadArguments {
    List<String> segments = new ArrayList<>(args.size());
    for (Object segment : args) {
      if (segment instanceof String text) {
        segments.add(text);
      } else if (segment instanceof PythonPath || segment instanceof PythonObject) {
        return null;
      } else {
        throw BadArguments.of("pathlib." + type);
      }
    }
    return PythonPath.parse(type, segments);
  }
}
