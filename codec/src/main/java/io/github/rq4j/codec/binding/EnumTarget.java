package io.github.rq4j.codec.binding;

import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An enum: of a str that names a constant, or of a member of a Python enum whose value is such a
 * str, or whose name is, where the pickle tells it.
 */
final class EnumTarget implements Target {
  private final String type;
  private final Map<String, Object> constants = new LinkedHashMap<>();

  EnumTarget(Class<?> type) {
    this.type = type.getSimpleName();
    for (Object constant : type.getEnumConstants()) {
      constants.put(((Enum<?>) constant).name(), constant);
    }
  }

  @Override
  public Object bind(Object value, Position at) {
    String name = value instanceof PythonObject member ? nameIn(member) : null;
    if (value instanceof String text) {
      name = text;
    }
    if (name == null) {
      throw at.mismatch("str that names a constant of " + type, value);
    }
    Object constant = constants.get(name);
    if (constant == null) {
      throw at.failure("expected the name of a constant of " + type + ", got another str");
    }
    return constant;
  }

  private static @Nullable String nameIn(PythonObject member) {
    if (member.form() != PythonObject.Form.REDUCE
        || !(member.callable() instanceof PythonGlobal maker)) {
      return null;
    }
    int last = member.args().size() - 1;
    boolean byName = maker.is("builtins", "getattr") && last == 1;
    boolean byValue = last == 0;
    return (byName || byValue) && member.args().get(last) instanceof String text ? text : null;
  }
}
