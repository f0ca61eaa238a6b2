package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.ValuePath;
import io.github.rq4j.codec.mapping.TypeMapping;
import io.github.rq4j.codec.mapping.TypeMappings;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one value as the bytes that CPython's own pickler, by the rules of its version 3.11,
 * writes for it. For one use by one thread.
 */
final class PickleWriter {
  private final WriterOptions options;
  private final PickleOutput out;
  private final OpcodeWriter opcodes;
  private final ScalarWriter scalars;
  private @Nullable StandardForms standard;
  private @Nullable OpenValue top;

  PickleWriter(WriterOptions options) {
    this.options = options;
    out = new PickleOutput(options.protocol());
    opcodes = new OpcodeWriter(options.protocol(), out);
    scalars = new ScalarWriter(opcodes);
  }

  OpcodeWriter opcodes() {
    return opcodes;
  }

  ScalarWriter scalars() {
    return scalars;
  }

  /** The classes that the application has mapped. */
  TypeMappings mappings() {
    return options.mappings();
  }

  StandardForms standard() {
    if (standard == null) {
      standard = new StandardForms(opcodes, scalars, options.rounding());
    }
    return standard;
  }

  /**
   * Writes the value.
   *
   * @param root what the value is called in the path of an error message
   * @throws UnsupportedValueException if the value or something in it cannot be written
   */
  byte[] write(@Nullable Object value, String root) {
    try {
      opcodes.begin();
      write(value);
      OpenValue open = top;
      while (open != null) {
        if (open.proceed(this)) {
          top = open.outer;
        }
        open = top;
      }
      return out.finish();
    } catch (UnsupportedValueException e) {
      throw new UnsupportedValueException(path(root) + ": " + e.getMessage(), e.getCause());
    }
  }

  /** Lets go of everything that belongs to the value written. */
  void forget() {
    opcodes.forget();
    standard = null;
  }

  private ValuePath path(String root) {
    ArrayDeque<OpenValue> fromRoot = new ArrayDeque<>();
    for (OpenValue open = top; open != null; open = open.outer) {
      fromRoot.push(open);
    }
    ValuePath path = new ValuePath(root, fromRoot.size());
    fromRoot.forEach(open -> open.describe(path));
    return path;
  }

  /**
   * Writes a value, or its beginning.
   *
   * @return whether it is complete; if not, it was opened and is completed before anything else
   */
  boolean write(@Nullable Object value) {
    if (value == null) {
      scalars.none();
      return true;
    }
    // The most frequent classes need no look-up.
    Class<?> type = value.getClass();
    if (type == String.class) {
      scalars.text((String) value);
    } else if (type == Long.class) {
      scalars.integer((Long) value);
    } else if (type == Integer.class) {
      scalars.integer((Integer) value);
    } else if (type == Double.class) {
      scalars.floating((Double) value);
    } else if (type == Boolean.class) {
      scalars.bool((Boolean) value);
    } else if (type == PythonDict.class || type == LinkedHashMap.class) {
      return ContainerForms.map(this, (Map<?, ?>) value);
    } else if (type == PythonList.class || type == ArrayList.class) {
      return ContainerForms.list(this, (Collection<?>) value);
    } else {
      TypeMapping mapping = options.mappings().toWrite(type).orElse(null);
      return mapping == null
          ? ValueForms.of(type).write(this, value)
          : MappedForms.write(this, mapping, value);
    }
    return true;
  }

  /** Makes a value the one to proceed with. Always returns false: it is not complete. */
  boolean open(OpenValue value) {
    OpenValue outer = top;
    int depth = outer == null ? 1 : outer.depth + 1;
    if (depth > options.maxDepth()) {
      throw new UnsupportedValueException(
          "nested more than "
              + options.maxDepth()
              + " levels deep; flatten the value, or raise the limit maxDepth if the reader can"
              + " take it");
    }
    value.outer = outer;
    value.depth = depth;
    top = value;
    return false;
  }

  /** Opens a dict that nothing refers to again. */
  boolean openTemporaryDict(Map<?, ?> dict) {
    opcodes.beginTemporaryDict();
    return dict.isEmpty() || open(OpenItems.ofDict(MapEntries.of(dict, mappings()), true));
  }

  /** Writes a class or function, if it may be named. */
  void global(PythonGlobal global) {
    options.policy().check(global);
    GlobalWriter globals = standard().globals();
    globals.global(globals.reference(global));
  }

  /** Opens a generic object, if it may be made in its way. */
  boolean object(PythonObject object) {
    if (opcodes.isReference(object)) {
      return true;
    }
    options.policy().check(object);
    return open(new OpenObject(object, object, ObjectRecipe.of(object, options.protocol())));
  }
}
