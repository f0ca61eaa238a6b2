package io.github.rq4j.codec.binding;

import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What may be a member of a Python enum. Python writes one as its class called with its value; from
 * 3.11.0 to 3.11.3, as the attribute of its class with its name.
 *
 * @param enumeration the class
 * @param byName whether the member is told by its name
 * @param key its name or value
 */
record EnumMember(PythonGlobal enumeration, boolean byName, @Nullable Object key) {

  /** The member that a value may be; empty if its form is that of none. */
  static Optional<EnumMember> of(Object value) {
    if (value instanceof PythonGlobal attribute) {
      // Protocols below 4 write nested names like attributes, and they are read as names.
      int dot = attribute.name().lastIndexOf('.');
      return dot <= 0
          ? Optional.empty()
          : byName(
              new PythonGlobal(attribute.module(), attribute.name().substring(0, dot)),
              attribute.name().substring(dot + 1));
    }
    if (!(value instanceof PythonObject object)
        || object.form() != PythonObject.Form.REDUCE
        || !(object.callable() instanceof PythonGlobal callable)) {
      return Optional.empty();
    }
    int size = object.args().size();
    if (size == 1) {
      return Optional.of(new EnumMember(callable, false, object.args().get(0)));
    }
    return size == 2
            && callable.is("builtins", "getattr")
            && object.args().get(0) instanceof PythonGlobal cls
            && object.args().get(1) instanceof String name
        ? byName(cls, name)
        : Optional.empty();
  }

  private static Optional<EnumMember> byName(PythonGlobal cls, String name) {
    return Optional.of(new EnumMember(cls, true, name));
  }
}
