package io.github.rq4j.codec.binding;

import io.github.rq4j.codec.BindingException;
import io.github.rq4j.codec.binding.JavaTypes.Applied;
import io.github.rq4j.codec.python.PythonObject;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Chooses the rule for a Java type. Immutable. */
final class TargetFinder {
  private final Map<Class<?>, Target> timeTargets;
  private final Map<String, Mapping> mappings;

  TargetFinder(Map<Class<?>, Target> timeTargets, Map<String, Mapping> mappings) {
    this.timeTargets = timeTargets;
    this.mappings = Map.copyOf(mappings);
  }

  /** The rule for a type. */
  Target find(Applied type, ValueBinder binder) {
    if (type.raw() == Object.class) {
      return (value, at) -> value;
    }
    Target plain = withoutMappings(type, binder);
    Map<String, Target> fitting = new HashMap<>();
    mappings.forEach(
        (pythonClass, mapping) -> {
          if (type.raw().isAssignableFrom(mapping.type())) {
            fitting.put(pythonClass, mapping.target(type, binder));
          }
        });
    if (fitting.isEmpty()) {
      return plain;
    }
    return (value, at) -> {
      Target mapped = value instanceof PythonObject object ? targetOf(object, fitting) : null;
      return mapped != null ? mapped.bind(value, at) : plain.bind(value, at);
    };
  }

  private static @Nullable Target targetOf(PythonObject object, Map<String, Target> targets) {
    return object.type().map(type -> targets.get(type.toString())).orElse(null);
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

  /**
   * The rule for the objects of one Python class.
   *
   * @param type what comes out
   * @param function what makes it, null for a record of the object's attributes
   */
  record Mapping(Class<?> type, @Nullable Function<PythonObject, ?> function) {

    Target target(Applied wanted, ValueBinder binder) {
      if (function == null) {
        Applied made = wanted.raw() == type ? wanted : JavaTypes.resolve(type);
        RecordTarget components = new RecordTarget(made, binder);
        return (value, at) -> components.bindEntries(((PythonObject) value).attributes(), at);
      }
      return (value, at) -> call(function, (PythonObject) value, at);
    }

    private @Nullable Object call(
        Function<PythonObject, ?> mapper, PythonObject object, Position at) {
      try {
        return mapper.apply(object);
      } catch (BindingException e) {
        throw e;
      } catch (RuntimeException e) {
        throw at.failure("the mapping to " + type.getTypeName() + " failed", e);
      }
    }
  }
}
