package io.github.rq4j.codec.mapping;

import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonObject;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Objects of a Python class that functions of the application turn into a Java class, and back.
 *
 * @param pythonClass the Python class
 * @param javaClass what comes out of reading
 * @param fromPython reads an object of the Python class
 * @param toPython makes one; null if the mapping only reads
 */
public record ObjectMapping<T>(
    PythonGlobal pythonClass,
    Class<T> javaClass,
    Function<PythonObject, ? extends T> fromPython,
    @Nullable Function<? super T, PythonObject> toPython)
    implements TypeMapping {

  /** Checks that all is there but for the function to write. */
  public ObjectMapping {
    Objects.requireNonNull(pythonClass, "pythonClass");
    Objects.requireNonNull(javaClass, "javaClass");
    Objects.requireNonNull(fromPython, "fromPython");
  }

  @Override
  public boolean writes() {
    return toPython != null;
  }
}
