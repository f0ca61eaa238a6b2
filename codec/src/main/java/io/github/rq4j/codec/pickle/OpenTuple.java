package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.ValuePath;
import org.jspecify.annotations.Nullable;

/** A tuple, which can only be made once all of its elements are written. */
final class OpenTuple extends OpenValue {
  private final Object tuple;
  private final @Nullable Object[] elements;
  private int next;

  OpenTuple(Object tuple, @Nullable Object[] elements) {
    this.tuple = tuple;
    this.elements = elements;
  }

  @Override
  boolean proceed(PickleWriter writer) {
    while (next < elements.length) {
      if (!writer.write(elements[next++])) {
        return false;
      }
    }
    writer.opcodes().endTuple(tuple, elements.length);
    return true;
  }

  @Override
  void describe(ValuePath path) {
    path.element(next - 1);
  }
}
