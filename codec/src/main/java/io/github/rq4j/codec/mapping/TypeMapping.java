package io.github.rq4j.codec.mapping;

import io.github.rq4j.codec.python.PythonGlobal;

/** One Python class and the Java class that stands for it. Immutable. */
public sealed interface TypeMapping permits RecordMapping, EnumMapping, ObjectMapping {

  /** The Python class. */
  PythonGlobal pythonClass();

  /** The Java class. */
  Class<?> javaClass();

  /** Whether values of the Java class are written as objects of the Python class. */
  boolean writes();
}
