package io.github.rq4j.codec.binding;

import io.github.rq4j.codec.BindingException;
import io.github.rq4j.codec.binding.JavaTypes.Applied;
import io.github.rq4j.codec.mapping.EnumMapping;
import io.github.rq4j.codec.mapping.InstanceState;
import io.github.rq4j.codec.mapping.ObjectMapping;
import io.github.rq4j.codec.mapping.RecordMapping;
import io.github.rq4j.codec.mapping.TypeMapping;
import io.github.rq4j.codec.mapping.TypeMappings;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules for objects of the Python classes that the application has mapped. */
final class MappedTargets {
  private final TypeMappings mappings;

  MappedTargets(TypeMappings mappings) {
    this.mappings = mappings;
  }

  /** The rule for a type: its mappings where they apply, else the plain rule. */
  Target around(Target plain, Applied type, ValueBinder binder) {
    Map<PythonGlobal, Target> fitting = new HashMap<>();
    for (TypeMapping mapping : mappings.all()) {
      if (type.raw().isAssignableFrom(mapping.javaClass())) {
        fitting.put(mapping.pythonClass(), target(mapping, type, binder));
      }
    }
    if (fitting.isEmpty()) {
      return plain;
    }
    return (value, at) -> {
      Target mapped = classOf(value).map(fitting::get).orElse(null);
      return mapped != null ? mapped.bind(value, at) : plain.bind(value, at);
    };
  }

  /** The class of an object, or the mapped enum of a member. */
  private Optional<PythonGlobal> classOf(Object value) {
    Optional<PythonGlobal> enumeration =
        EnumMember.of(value)
            .flatMap(member -> mappings.ofPython(member.enumeration()))
            .filter(EnumMapping.class::isInstance)
            .map(TypeMapping::pythonClass);
    return enumeration.isPresent() || !(value instanceof PythonObject object)
        ? enumeration
        : object.type();
  }

  private static Target target(TypeMapping mapping, Applied wanted, ValueBinder binder) {
    if (mapping instanceof RecordMapping record) {
      Class<?> type = record.javaClass();
      Applied made = wanted.raw() == type ? wanted : JavaTypes.resolve(type);
      RecordTarget components = new RecordTarget(made, binder);
      return (value, at) ->
          components.bindEntries(attributes(record, (PythonObject) value, at), at);
    }
    return mapping instanceof EnumMapping constants
        ? (value, at) -> constant(constants, value, at)
        : (value, at) -> call((ObjectMapping<?>) mapping, (PythonObject) value, at);
  }

  private static Map<String, @Nullable Object> attributes(
      RecordMapping mapping, PythonObject object, Position at) {
    if (!(object.state() instanceof List<?> values)) {
      return object.attributes();
    }
    if (mapping.state() != InstanceState.LIST) {
      throw at.failure(
          "expected attributes by name, got a list, as of a data class with slots that is frozen;"
              + " register it with InstanceState.LIST");
    }
    var components = mapping.javaClass().getRecordComponents();
    if (values.size() != components.length) {
      throw at.failure(
          "expected %d attributes, got %d".formatted(components.length, values.size()));
    }
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    for (int i = 0; i < components.length; i++) {
      attributes.put(components[i].getName(), values.get(i));
    }
    return attributes;
  }

  private static Object constant(EnumMapping mapping, Object value, Position at) {
    Optional<Enum<?>> constant =
        EnumMember.of(value)
            .flatMap(
                member ->
                    member.byName()
                        ? mapping.constantNamed(String.valueOf(member.key()))
                        : mapping.constantOf(member.key()));
    return constant.orElseThrow(
        () ->
            at.failure(
                "no constant of %s is registered for this member of %s"
                    .formatted(mapping.javaClass().getSimpleName(), mapping.pythonClass())));
  }

  private static @Nullable Object call(ObjectMapping<?> mapping, PythonObject object, Position at) {
    try {
      return mapping.fromPython().apply(object);
    } catch (BindingException e) {
      throw e;
    } catch (RuntimeException e) {
      throw at.failure("the mapping to " + mapping.javaClass().getTypeName() + " failed", e);
    }
  }
}
