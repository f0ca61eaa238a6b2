package io.github.rq4j.codec.python;

import org.jspecify.annotations.Nullable;

/**
 * A Python {@code slice}, as in {@code values[start:stop:step]}. Any part can be {@code None};
 * parts are usually ints, but Python allows anything. Immutable, equal by content.
 */
public final class PythonSlice {
  private final PythonTuple parts;

  private PythonSlice(PythonTuple parts) {
    this.parts = parts;
  }

  /** The slice of these three parts. */
  public static PythonSlice of(
      @Nullable Object start, @Nullable Object stop, @Nullable Object step) {
    return new PythonSlice(PythonTuple.of(start, stop, step));
  }

  /** The lower bound, null if there is none. */
  public @Nullable Object start() {
    return parts.get(0);
  }

  /** The upper bound, null if there is none. */
  public @Nullable Object stop() {
    return parts.get(1);
  }

  /** The step, null if there is none. */
  public @Nullable Object step() {
    return parts.get(2);
  }

  PythonTuple parts() {
    return parts;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof PythonSlice that && parts.equals(that.parts));
  }

  @Override
  public int hashCode() {
    return parts.hashCode() + 1;
  }

  /** Python's own text, abbreviated. */
  @Override
  public String toString() {
    return PythonRepr.abbreviated(this);
  }
}
