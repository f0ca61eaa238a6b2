package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.ValuePath;
import org.jspecify.annotations.Nullable;

/**
 * A value that holds others and has been written in part. The open values form the writer's stack,
 * in place of Java's own, so that nesting costs heap only.
 */
abstract class OpenValue {
  /** The value that holds this one, null for the outermost. */
  @Nullable OpenValue outer;

  /** How many values are open from the outermost to this one. */
  int depth;

  /**
   * Writes the next parts. Returns after the last one, or as soon as a part was itself opened; then
   * it is called again once that part is complete.
   *
   * @return whether this value is complete
   */
  abstract boolean proceed(PickleWriter writer);

  /** Adds the steps from this value to the part that was last begun. */
  abstract void describe(ValuePath path);
}
