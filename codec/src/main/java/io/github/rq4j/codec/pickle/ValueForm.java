package io.github.rq4j.codec.pickle;

/** How the values of a Java class are written. */
interface ValueForm {
  /**
   * Writes a value, or its beginning.
   *
   * @return whether it is complete; if not, the writer has it open
   */
  boolean write(PickleWriter writer, Object value);
}
