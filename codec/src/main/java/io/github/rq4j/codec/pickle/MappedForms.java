package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.mapping.EnumMapping;
import io.github.rq4j.codec.mapping.InstanceState;
import io.github.rq4j.codec.mapping.ObjectMapping;
import io.github.rq4j.codec.mapping.RecordMapping;
import io.github.rq4j.codec.mapping.TypeMapping;
import io.github.rq4j.codec.python.PythonObject;
import java.util.Objects;
import java.util.function.Function;

/** Begins values of the classes that the application has mapped to classes of Python. */
final class MappedForms {
  private MappedForms() {}

  /** Tells whether the value is complete already. */
  static boolean write(PickleWriter writer, TypeMapping mapping, Object value) {
    if (writer.opcodes().isReference(value)) {
      return true;
    }
    if (mapping instanceof RecordMapping record) {
      if (record.state() == InstanceState.SLOTS && writer.opcodes().protocol() < 2) {
        throw new UnsupportedValueException(
            "an instance of " + record.pythonClass() + ", whose slots need protocol 2 or later");
      }
      return writer.open(new OpenRecord(record, (Record) value));
    }
    GlobalWriter globals = writer.standard().globals();
    if (mapping instanceof EnumMapping constants) {
      return writer.open(
          new OpenCall(
              value, globals.reference(mapping.pythonClass()), constants.valueOf((Enum<?>) value)));
    }
    PythonObject object = object((ObjectMapping<?>) mapping, value);
    ObjectRecipe recipe = ObjectRecipe.of(object, writer.opcodes().protocol());
    return writer.open(new OpenObject(value, object, recipe));
  }

  private static <T> PythonObject object(ObjectMapping<T> mapping, Object value) {
    Function<? super T, PythonObject> function = Objects.requireNonNull(mapping.toPython());
    PythonObject object;
    try {
      object = function.apply(mapping.javaClass().cast(value));
    } catch (CodecException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new UnsupportedValueException(failed(mapping, "failed"), e);
    }
    if (object == null) {
      throw new UnsupportedValueException(failed(mapping, "gave null"));
    }
    if (!object.type().filter(mapping.pythonClass()::equals).isPresent()) {
      throw new UnsupportedValueException(failed(mapping, "gave an object of another class"));
    }
    return object;
  }

  private static String failed(TypeMapping mapping, String problem) {
    return "the mapping of "
        + mapping.javaClass().getName()
        + " to "
        + mapping.pythonClass()
        + " "
        + problem;
  }
}
