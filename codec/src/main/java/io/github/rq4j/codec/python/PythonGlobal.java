package io.github.rq4j.codec.python;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Python class or function, by name. It is only ever a pair of names: nothing is looked up or
 * loaded by them, neither in Java nor in Python. Names are those of Python 3 also where the pickle
 * spelled those of Python 2.
 *
 * @param module the module, such as {@code shop.models}
 * @param name the qualified name within the module, such as {@code Outer.Inner}
 */
public record PythonGlobal(String module, String name) {

  /** Checks that both names are there. */
  public PythonGlobal {
    Objects.requireNonNull(module, "module");
    Objects.requireNonNull(name, "name");
  }

  /** Whether this is the global of that module and name. */
  public boolean is(String otherModule, String otherName) {
    return name.equals(otherName) && module.equals(otherModule);
  }

  // Both written out: what a record generates is assembled of method handles at its first use, a
  // noticeable part of a worker's start, in which globals are looked up in sets.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PythonGlobal global && is(global.module, global.name);
  }

  @Override
  public int hashCode() {
    return 31 * module.hashCode() + name.hashCode();
  }

  /** Module and name, joined by a dot. */
  @Override
  public String toString() {
    return module + "." + name;
  }
}
