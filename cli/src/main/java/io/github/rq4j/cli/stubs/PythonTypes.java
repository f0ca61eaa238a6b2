package io.github.rq4j.cli.stubs;

import static java.util.Map.entry;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Python's annotations for Java types, by what the codec makes of Python values. Records become
 * typed dicts, which are collected for the module. Not safe for use by many threads.
 */
final class PythonTypes {
  static final String ANY = "Any";
  static final String OR_NONE = " | None";

  private static final Map<Class<?>, String> SCALARS =
      Map.ofEntries(
          entry(boolean.class, "bool"),
          entry(Boolean.class, "bool"),
          entry(byte.class, "int"),
          entry(Byte.class, "int"),
          entry(short.class, "int"),
          entry(Short.class, "int"),
          entry(int.class, "int"),
          entry(Integer.class, "int"),
          entry(long.class, "int"),
          entry(Long.class, "int"),
          entry(BigInteger.class, "int"),
          entry(float.class, "float"),
          entry(Float.class, "float"),
          entry(double.class, "float"),
          entry(Double.class, "float"),
          entry(BigDecimal.class, "decimal.Decimal"),
          entry(char.class, "str"),
          entry(Character.class, "str"),
          entry(String.class, "str"),
          entry(byte[].class, "bytes"),
          entry(ByteBuffer.class, "bytes"),
          entry(LocalDateTime.class, "datetime.datetime"),
          entry(OffsetDateTime.class, "datetime.datetime"),
          entry(ZonedDateTime.class, "datetime.datetime"),
          entry(Instant.class, "datetime.datetime"),
          entry(LocalDate.class, "datetime.date"),
          entry(LocalTime.class, "datetime.time"),
          entry(Duration.class, "datetime.timedelta"),
          entry(UUID.class, "uuid.UUID"),
          entry(void.class, "None"),
          entry(Void.class, "None"));

  private final Set<String> taken;
  private final Map<Class<?>, String> names = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> typedDicts = new LinkedHashMap<>();

  /**
   * Prepares the types of one module.
   *
   * @param taken names that the module needs for something else
   */
  PythonTypes(Set<String> taken) {
    this.taken = taken;
  }

  /** The typed dicts that the annotations so far name: name, then the type of each key. */
  Map<String, Map<String, String>> typedDicts() {
    return typedDicts;
  }

  /** The annotation for a type; {@code Any} for what Python has no word for. */
  String of(Type type) {
    if (type instanceof Class<?> raw) {
      return ofClass(raw);
    }
    if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
      return raw.isRecord() ? ofRecord(raw) : applied(raw, generic.getActualTypeArguments());
    }
    if (type instanceof GenericArrayType array) {
      return "list[" + of(array.getGenericComponentType()) + "]";
    }
    return type instanceof WildcardType wildcard ? of(wildcard.getUpperBounds()[0]) : ANY;
  }

  private String ofClass(Class<?> raw) {
    String scalar = SCALARS.get(raw);
    if (scalar != null) {
      return scalar;
    }
    if (raw.isArray()) {
      return "list[" + of(raw.getComponentType()) + "]";
    }
    if (raw.isEnum()) {
      return Stream.of(raw.getEnumConstants())
          .map(constant -> "\"" + ((Enum<?>) constant).name() + "\"")
          .collect(Collectors.joining(", ", "Literal[", "]"));
    }
    return raw.isRecord() ? ofRecord(raw) : applied(raw, Object.class, Object.class);
  }

  private String applied(Class<?> raw, Type... arguments) {
    if (raw == Optional.class) {
      String content = of(arguments[0]);
      return content.equals(ANY) ? ANY : content + OR_NONE;
    }
    if (raw == List.class || raw == Collection.class || raw == Iterable.class) {
      return "list[" + of(arguments[0]) + "]";
    }
    if (raw == Set.class) {
      return "set[" + of(arguments[0]) + "]";
    }
    if (raw == Map.class) {
      return "dict[" + of(arguments[0]) + ", " + of(arguments[1]) + "]";
    }
    return ANY;
  }

  /** A dict where the record's name, or one of its keys, cannot be a name in this module. */
  private String ofRecord(Class<?> type) {
    String known = names.get(type);
    if (known != null) {
      return known;
    }
    RecordComponent[] components = type.getRecordComponents();
    String name = type.getSimpleName();
    boolean writable =
        PythonNames.isIdentifier(name)
            && !taken.contains(name)
            && !typedDicts.containsKey(name)
            && Arrays.stream(components).allMatch(part -> PythonNames.isIdentifier(part.getName()));
    if (!writable) {
      return "dict[str, Any]";
    }
    names.put(type, name);
    Map<String, String> keys = new LinkedHashMap<>();
    typedDicts.put(name, keys);
    for (RecordComponent component : components) {
      keys.put(component.getName(), of(component.getGenericType()));
    }
    return name;
  }
}
