package io.github.rq4j.codec.mapping;

import io.github.rq4j.codec.python.PythonGlobal;
import java.util.Objects;

/**
 * Instances of a Python class whose attributes are the components of a record.
 *
 * @param pythonClass the Python class
 * @param javaClass the record
 * @param state how the attributes stand in the pickle
 */
public record RecordMapping(
    PythonGlobal pythonClass, Class<? extends Record> javaClass, InstanceState state)
    implements TypeMapping {

  /** Checks that all is there. */
  public RecordMapping {
    Objects.requireNonNull(pythonClass, "pythonClass");
    Objects.requireNonNull(javaClass, "javaClass");
    Objects.requireNonNull(state, "state");
  }

  @Override
  public boolean writes() {
    return true;
  }
}
