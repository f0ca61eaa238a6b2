package io.github.rq4j.cli.enqueue;

import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonTuple;
import org.jspecify.annotations.Nullable;

/** Writes the arguments of a call as a list and not as a tuple, as {@code rq enqueue} does. */
final class ListedArguments implements Serializer {
  private static final int ELEMENTS = 4;
  private static final int ARGS = 2;

  private final Serializer serializer;

  ListedArguments(Serializer serializer) {
    this.serializer = serializer;
  }

  @Override
  public byte[] serialize(@Nullable Object value) {
    if (value instanceof PythonTuple call
        && call.size() == ELEMENTS
        && call.get(ARGS) instanceof PythonTuple args) {
      PythonList listed = new PythonList(args.asList());
      return serializer.serialize(PythonTuple.of(call.get(0), call.get(1), listed, call.get(3)));
    }
    return serializer.serialize(value);
  }

  @Override
  public @Nullable Object deserialize(byte[] bytes) {
    return serializer.deserialize(bytes);
  }
}
