package io.github.rq4j.codec.vectors;

import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonTuple;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What generic objects stand for, as far as golden vectors have kinds of their own for it. */
final class ObjectContent {
  private static final PythonGlobal GETATTR = new PythonGlobal("builtins", "getattr");

  private ObjectContent() {}

  /** The way in which an object is made, in the words of the tags. */
  static String form(PythonObject object) {
    return object.form().name().toLowerCase(Locale.ROOT);
  }

  static boolean isOfCollections(PythonObject object, String name) {
    return object.callable() instanceof PythonGlobal global && global.is("collections", name);
  }

  static @Nullable Object argument(PythonObject object, int index) {
    return index < object.args().size() ? object.args().get(index) : null;
  }

  /** The name of an attribute of a class, if that is what the object is. */
  static @Nullable PythonGlobal attributeOf(PythonObject call) {
    return GETATTR.equals(call.callable())
            && call.args().size() == 2
            && call.args().get(0) instanceof PythonGlobal outer
            && call.args().get(1) instanceof String name
        ? new PythonGlobal(outer.module(), outer.name() + "." + name)
        : null;
  }

  /** Whether an object stands for a zone of {@code zoneinfo}, which is immutable. */
  static boolean isZone(PythonObject object) {
    return zoneArguments(object) != null;
  }

  /** Key and caching of a zone of {@code zoneinfo}, null for any other object. */
  static @Nullable PythonTuple zoneArguments(PythonObject object) {
    PythonGlobal unpickle = new PythonGlobal("zoneinfo", "ZoneInfo._unpickle");
    boolean isZone =
        unpickle.equals(object.callable())
            || (object.callable() instanceof PythonObject call
                && unpickle.equals(attributeOf(call)));
    return isZone && object.args().size() == 2 ? object.args() : null;
  }

  /** Equality that goes by content for zones, too. */
  static boolean equal(Object a, @Nullable Object b) {
    if (a instanceof PythonObject x && b instanceof PythonObject y && isZone(x)) {
      return Objects.equals(zoneArguments(x), zoneArguments(y));
    }
    return a.equals(b);
  }
}
