package io.github.rq4j.codec.binding;

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
    Object name = value instanceof String ? value : keyOf(value);
    if (!(name instanceof String)) {
      throw at.mismatch("str that names a constant of " + type, value);
    }
    Object constant = constants.get(name);
    if (constant == null) {
      throw at.failure("expected the name of a constant of " + type + ", got another str");
    }
    return constant;
  }

  private static @Nullable Object keyOf(Object value) {
    return EnumMember.of(value).map(EnumMember::key).orElse(null);
  }
}
