package io.github.rq4j.codec.binding;

import io.github.rq4j.codec.binding.JavaTypes.Applied;
import io.github.rq4j.codec.mapping.TypeMappings;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses the rule for a Java type. Immutable. */
final class TargetFinder {
  private final Map<Class<?>, Target> timeTargets;
  private final MappedTargets mapped;

  TargetFinder(Map<Class<?>, Target> timeTargets, TypeMappings mappings) {
    this.timeTargets = timeTargets;
    mapped = new MappedTargets(mappings);
  }

  /** The rule for a type. */
  Target find(Applied type, ValueBinder binder) {
    if (type.raw() == Object.class) {
      return (value, at) -> value;
    }
    return mapped.around(withoutMappings(type, binder), type, binder);
  }

  private Target withoutMappings(Applied type, ValueBinder binder) {
    Class<?> raw = type.raw();
    Target scalar = scalarFor(raw);
    if (scalar != null) {
      return scalar;
    }
    if (raw == Optional.class) {
      return (value, at) -> Optional.ofNullable(binder.bind(value, type.argument(0), at));
    }
    if (raw == List.class || raw == Iterable.class) {
      return ContainerTargets.list(type.argument(0), binder);
    }
    if (raw == Collection.class) {
      return ContainerTargets.collection(type.argument(0), binder);
    }
    if (raw == Set.class) {
      return ContainerTargets.set(type.argument(0), binder);
    }
    if (raw == Map.class) {
      return ContainerTargets.map(type.argument(0), type.argument(1), binder);
    }
    if (raw.isArray()) {
      Type element = type.arguments().isEmpty() ? raw.getComponentType() : type.argument(0);
      return ContainerTargets.array(element, binder);
    }
    if (raw.isEnum()) {
      return new EnumTarget(raw);
    }
    return raw.isRecord() ? recordOrItself(type, binder) : instance(raw);
  }

  private @Nullable Target scalarFor(Class<?> raw) {
    Target target = NumberTargets.ALL.get(raw);
    if (target == null) {
      target = TextTargets.ALL.get(raw);
    }
    return target != null ? target : timeTargets.get(raw);
  }

  /** A record of this codec's own model, such as a PythonFraction, comes as it is. */
  private static Target recordOrItself(Applied type, ValueBinder binder) {
    Target entries = new RecordTarget(type, binder);
    return (value, at) -> type.raw().isInstance(value) ? value : entries.bind(value, at);
  }

  private static Target instance(Class<?> type) {
    return (value, at) -> {
      if (type.isInstance(value)) {
        return value;
      }
      throw at.mismatch("an instance of " + type.getTypeName(), value);
    };
  }
}
