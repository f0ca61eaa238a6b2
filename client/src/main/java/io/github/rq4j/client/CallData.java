package io.github.rq4j.client;

import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.UnsupportedValueException;

/**
 * The field {@code data} of a job. A call is serialized at once, by which it is known to have a
 * Python form. To deflate a short one takes many times as long, and waits until it is to be sent:
 * then Redis is at work on those sent before. A long one would take more memory meanwhile.
 * Immutable.
 */
final class CallData {
  /** What Python's zlib hardly makes shorter. */
  private static final int SHORT = 512;

  private final RqClient client;
  private final byte[] bytes;
  private final boolean isStoredForm;

  private CallData(RqClient client, byte[] bytes, boolean isStoredForm) {
    this.client = client;
    this.bytes = bytes;
    this.isStoredForm = isStoredForm;
  }

  /**
   * Serializes a call.
   *
   * @throws UnsupportedValueException if an argument has no Python form
   */
  static CallData of(RqClient client, JobData call) {
    byte[] serialized = client.jobDataFormat().encodeAsIs(call);
    CallData data = new CallData(client, serialized, false);
    return serialized.length <= SHORT ? data : new CallData(client, data.stored(), true);
  }

  /** About how long the field is. */
  int size() {
    return bytes.length;
  }

  /** The field's value. */
  byte[] stored() {
    return isStoredForm ? bytes : client.dialect().data(client.jobDataFormat(), bytes);
  }
}
