package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.mapping.TypeMapping;
import io.github.rq4j.codec.mapping.TypeMappings;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonSingleton;
import io.github.rq4j.codec.python.PythonTuple;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides which classes and functions a pickle may name. A value may have come from anywhere, and
 * whoever loads the pickle calls what it names: so only makers of plain data pass, and what the
 * application has allowed.
 */
final class GlobalPolicy {
  private static final int LONGEST_NAME = 200;

  /** What makes, or finds, an object that others share; a state would change it for all. */
  private static final Set<PythonGlobal> MAKERS_OF_SHARED_OBJECTS =
      Set.of(
          new PythonGlobal("pytz", "_UTC"),
          new PythonGlobal("pytz", "_p"),
          new PythonGlobal("re", "RegexFlag"),
          new PythonGlobal("re", "_compile"),
          new PythonGlobal("uuid", "SafeUUID"));

  private final Predicate<PythonGlobal> allowed;
  private final TypeMappings mappings;

  GlobalPolicy(Predicate<PythonGlobal> allowed, TypeMappings mappings) {
    this.allowed = allowed;
    this.mappings = mappings;
  }

  /** Refuses a class or function that values may not name. */
  void check(PythonGlobal global) {
    if (!Globals.isHarmless(global) && !isMapped(global) && !allowed.test(global)) {
      throw refused(global);
    }
  }

  private boolean isMapped(PythonGlobal global) {
    return mappings.ofPython(global).filter(TypeMapping::writes).isPresent();
  }

  /** Refuses an object that is made by anything but what values may name. */
  void check(PythonObject object) {
    Object callable = object.callable();
    if (callable instanceof PythonGlobal global) {
      if (!isKnownCall(global, object.args())) {
        check(global);
      }
      boolean adds = object.hasState() || object.hasListItems() || object.hasDictItems();
      if (adds && MAKERS_OF_SHARED_OBJECTS.contains(global) && !allowed.test(global)) {
        throw new UnsupportedValueException(
            "an object of " + global + " with a state, which would change the one that all share");
      }
    } else if (!(callable instanceof GlobalRef) && !isCallableObject(callable)) {
      throw new UnsupportedValueException(
          "an object that is made by calling a value instead of a class or function");
    }
  }

  /** Calls that are harmless with these arguments, though not with any. */
  private boolean isKnownCall(PythonGlobal global, PythonTuple args) {
    if (global.is("builtins", "type")) {
      return args.size() == 1 && (args.get(0) == null || args.get(0) instanceof PythonSingleton);
    }
    return global.is("builtins", "getattr")
        && args.size() == 2
        && args.get(0) instanceof PythonGlobal owner
        && args.get(1) instanceof String name
        && isKnownAttribute(owner, name);
  }

  private boolean isKnownAttribute(PythonGlobal owner, String name) {
    return (owner.is("zoneinfo", "ZoneInfo") && name.equals("_unpickle"))
        || allowed.test(new PythonGlobal(owner.module(), owner.name() + "." + name));
  }

  /**
   * Whether an object may be called to make another: a method or partial function, which are
   * checked when they are written themselves, or an instance of a class that the application
   * allowed.
   */
  private boolean isCallableObject(@Nullable Object callable) {
    return callable instanceof PythonObject object
        && object.callable() instanceof PythonGlobal maker
        && (maker.is("builtins", "getattr")
            || maker.is("functools", "partial")
            || allowed.test(object.type().orElse(maker)));
  }

  private static UnsupportedValueException refused(PythonGlobal global) {
    String name = global.toString();
    boolean printable =
        name.length() <= LONGEST_NAME
            && name.chars().allMatch(c -> c == '.' || Character.isJavaIdentifierPart(c));
    return new UnsupportedValueException(
        "names the Python class or function "
            + (printable ? name : "with a name that cannot be shown")
            + ", which may not be written; allow it in the serializer if Python is meant to use it");
  }
}
