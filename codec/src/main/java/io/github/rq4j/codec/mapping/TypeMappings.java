package io.github.rq4j.codec.mapping;

import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonObject;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which Java classes stand for which Python classes. Registered once, given to both sides:
 *
 * <ul>
 *   <li>to {@link io.github.rq4j.codec.pickle.PickleSerializer.Builder#mappings}, which then writes
 *       a value of a registered Java class as an object of the Python class;
 *   <li>to {@link io.github.rq4j.codec.binding.ValueBinder.Builder#mappings}, which then makes the
 *       Java class of an object of the Python class where this Java class or a supertype other than
 *       {@code Object} is wanted.
 * </ul>
 *
 * <p>A Python class is written as its module and its name, {@code shop.models.Order}. Where the
 * class stands within another, a colon ends the module: {@code shop.models:Basket.Line}. Nothing is
 * loaded by these names, in Java nor in Python, until Python reads what was written.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class TypeMappings {
  private static final TypeMappings NONE = builder().build();

  private final Map<PythonGlobal, TypeMapping> byPythonClass;
  private final Map<Class<?>, TypeMapping> byJavaClass;
  private final ClassValue<Optional<TypeMapping>> found =
      new ClassValue<>() {
        @Override
        protected Optional<TypeMapping> computeValue(Class<?> type) {
          return find(type);
        }
      };

  private TypeMappings(Builder builder) {
    byPythonClass = Collections.unmodifiableMap(new LinkedHashMap<>(builder.byPythonClass));
    byJavaClass = Collections.unmodifiableMap(new LinkedHashMap<>(builder.byJavaClass));
  }

  /** A builder without mappings. */
  public static Builder builder() {
    return new Builder();
  }

  /** No mappings at all. */
  public static TypeMappings none() {
    return NONE;
  }

  /** Whether there are no mappings. */
  public boolean isEmpty() {
    return byPythonClass.isEmpty();
  }

  /** The mappings in the order in which they were registered; unmodifiable. */
  public Collection<TypeMapping> all() {
    return byPythonClass.values();
  }

  /** The mapping of a Python class. */
  public Optional<TypeMapping> ofPython(PythonGlobal pythonClass) {
    return Optional.ofNullable(byPythonClass.get(pythonClass));
  }

  /**
   * The mapping by which values of a Java class are written: its own, that of the nearest class it
   * extends, or else the first registered one of an interface that it implements.
   */
  public Optional<TypeMapping> toWrite(Class<?> javaClass) {
    return byJavaClass.isEmpty() ? Optional.empty() : found.get(javaClass);
  }

  private Optional<TypeMapping> find(Class<?> javaClass) {
    for (Class<?> type = javaClass; type != null; type = type.getSuperclass()) {
      TypeMapping mapping = byJavaClass.get(type);
      if (mapping != null) {
        return Optional.of(mapping);
      }
    }
    return byJavaClass.values().stream()
        .filter(mapping -> mapping.javaClass().isAssignableFrom(javaClass))
        .findFirst();
  }

  /** Collects mappings. Not safe for use by several threads. */
  public static final class Builder {
    private final Map<PythonGlobal, TypeMapping> byPythonClass = new LinkedHashMap<>();
    private final Map<Class<?>, TypeMapping> byJavaClass = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Maps the instances of a Python class to a record whose components have the names of their
     * attributes. They are written as Python writes an instance of a class without {@code
     * __slots__}, such as a plain data class; {@code __init__} is not called by whoever reads that.
     *
     * @param pythonClass such as {@code shop.models.Order}
     * @throws IllegalArgumentException if the name is none, or one of the two is registered already
     */
    public Builder record(String pythonClass, Class<? extends Record> type) {
      return record(pythonClass, type, InstanceState.DICT);
    }

    /** The same for a Python class that hands over its attributes in another way. */
    public Builder record(String pythonClass, Class<? extends Record> type, InstanceState state) {
      return put(new RecordMapping(parse(pythonClass), type, state));
    }

    /**
     * Maps the members of a Python enum to the constants of a Java enum, each of whose names is the
     * value of its member: {@code RED = "RED"}.
     *
     * @param pythonClass such as {@code shop.models.Colour}
     * @throws IllegalArgumentException if the name is none, or one of the two is registered already
     */
    public <E extends Enum<E>> Builder enumeration(String pythonClass, Class<E> type) {
      return enumeration(pythonClass, type, Enum::name);
    }

    /**
     * Maps the members of a Python enum to the constants of a Java enum by value. Members that a
     * pickle gives by name, as those of Python before 3.11.4 in the line 3.11 do, are read as the
     * constants of the same names.
     *
     * @param pythonClass such as {@code shop.models.Colour}
     * @param value the value of a constant's member in Python: a String, a number, a {@code
     *     PythonTuple} or another value that Python can hash; called once for each constant, here
     * @throws IllegalArgumentException if the name is none, or one of the two is registered
     *     already, or Python holds two values equal or cannot hash one
     */
    public <E extends Enum<E>> Builder enumeration(
        String pythonClass, Class<E> type, Function<? super E, ?> value) {
      return put(EnumMapping.of(parse(pythonClass), type, value));
    }

    /**
     * Maps the objects of a Python class to a Java class, for reading only.
     *
     * @param pythonClass such as {@code shop.models.Money}
     * @param type what the function returns
     * @param fromPython reads the object's arguments or attributes; what it throws becomes the
     *     cause of a {@link io.github.rq4j.codec.BindingException}
     * @throws IllegalArgumentException if the name is none, or registered already
     */
    public <T> Builder map(
        String pythonClass, Class<T> type, Function<PythonObject, ? extends T> fromPython) {
      return put(new ObjectMapping<>(parse(pythonClass), type, fromPython, null));
    }

    /**
     * Maps the objects of a Python class to a Java class and back.
     *
     * @param pythonClass such as {@code shop.models.Money}
     * @param type what the one function returns and the other takes; values of subclasses are
     *     written, too. Not a type whose values have a meaning in every payload: text, a number, a
     *     boolean, an array, a collection or a map of the JDK, a value of Python
     * @param fromPython as for a mapping that only reads
     * @param toPython makes an object of the Python class and no other: {@link PythonObject#type}
     *     has to be it. What is in the object may be any value that can be written. What it throws
     *     becomes the cause of an {@link io.github.rq4j.codec.UnsupportedValueException}
     * @throws IllegalArgumentException if the name is none, the Java class cannot be mapped, or one
     *     of the two is registered already
     */
    public <T> Builder map(
        String pythonClass,
        Class<T> type,
        Function<PythonObject, ? extends T> fromPython,
        Function<? super T, PythonObject> toPython) {
      Objects.requireNonNull(toPython, "toPython");
      return put(new ObjectMapping<>(parse(pythonClass), type, fromPython, toPython));
    }

    private Builder put(TypeMapping mapping) {
      Class<?> type = mapping.javaClass();
      if (mapping.writes() && hasMeaningOfItsOwn(type)) {
        throw new IllegalArgumentException(
            type.getName() + " cannot be written as another class; map a class of your own");
      }
      if (byPythonClass.putIfAbsent(mapping.pythonClass(), mapping) != null) {
        throw new IllegalArgumentException(mapping.pythonClass() + " is registered already");
      }
      if (mapping.writes() && byJavaClass.putIfAbsent(type, mapping) != null) {
        byPythonClass.remove(mapping.pythonClass());
        throw new IllegalArgumentException(type.getName() + " is registered already");
      }
      return this;
    }

    private static boolean hasMeaningOfItsOwn(Class<?> type) {
      String packageName = type.getPackageName();
      boolean isContainer =
          Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
      return type.isPrimitive()
          || type.isArray()
          || packageName.equals("java.lang")
          || (isContainer && packageName.startsWith("java."))
          || packageName.equals(PythonObject.class.getPackageName());
    }

    private static PythonGlobal parse(String pythonClass) {
      int colon = pythonClass.indexOf(':');
      int end = colon >= 0 ? colon : pythonClass.lastIndexOf('.');
      if (end <= 0 || end == pythonClass.length() - 1) {
        throw new IllegalArgumentException(
            "expected module and class, such as shop.models.Order or shop.models:Basket.Line, not "
                + pythonClass);
      }
      return new PythonGlobal(pythonClass.substring(0, end), pythonClass.substring(end + 1));
    }

    /** The mappings collected so far. */
    public TypeMappings build() {
      return new TypeMappings(this);
    }
  }
}
