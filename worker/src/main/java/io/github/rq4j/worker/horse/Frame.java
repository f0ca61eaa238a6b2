package io.github.rq4j.worker.horse;

/**
 * One message.
 *
 * @param type what it is for
 * @param body its fields, see {@link FieldOutput}; not to be changed
 */
public record Frame(FrameType type, byte[] body) {

  /** A message without fields. */
  public Frame(FrameType type) {
    this(type, new byte[0]);
  }

  /** Shows type and size alone: the body holds arguments and results. */
  @Override
  public String toString() {
    return type + " of " + body.length + " bytes";
  }
}
