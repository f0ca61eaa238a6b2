package io.github.rq4j.codec;

import org.jspecify.annotations.Nullable;

/**
 * Turns values into bytes and back, as RQ's {@code serializer} with its {@code dumps} and {@code
 * loads}. Producer and worker of a queue must be given the same one: RQ does not record it. An
 * application may bring its own; it is given job data, results and the meta data of jobs.
 *
 * <p>An implementation
 *
 * <ul>
 *   <li>is called by many threads at once, so it is immutable, or keeps what it changes to one
 *       call; it does not block, and needs not be closed;
 *   <li>keeps neither the value nor the array that it is given, changes neither, and gives an array
 *       that nobody else changes;
 *   <li>takes and gives {@code null} for Python's {@code None}. It is asked to write {@code null}
 *       inside of job data; a function's result that is {@code null} is not written at all;
 *   <li>takes at least what the queue carries. Job data is a {@link
 *       io.github.rq4j.codec.python.PythonTuple} of the function's name, the instance or {@code
 *       null}, the tuple of arguments and the {@link io.github.rq4j.codec.python.PythonDict} of
 *       keyword arguments; reading may give any {@code List} and {@code Map} for these. Meta data
 *       is a {@code Map} with texts as keys;
 *   <li>throws nothing but the two exceptions below, whatever the bytes: they may come from
 *       anywhere. What it throws there, with its message, is stored as the failure of a job or
 *       reported to who asked, so it names positions, types and limits, never content or secrets;
 *   <li>bounds what it allocates by the bytes it was given and by limits of its own, and runs
 *       nothing that the bytes name. Bytes of a job were inflated before, within {@link
 *       CodecLimits}; results were decoded from base64.
 * </ul>
 *
 * <p>Equal values need not give equal bytes, and equal bytes may be read as a new object each time.
 */
public interface Serializer {

  /**
   * Serializes one value.
   *
   * @param value any value of the application, or of Python; null is {@code None}
   * @return the bytes, the caller's from then on
   * @throws UnsupportedValueException if the value, or something inside it, has no form. A message
   *     that begins with the place inside, from {@code value} on, such as {@code value[2][0].price:
   *     }, is told as the place in the call, {@code args[0].price: }
   */
  byte[] serialize(@Nullable Object value);

  /**
   * Reads one value.
   *
   * @param bytes what was stored; maybe empty, damaged or hostile
   * @return null if it is {@code None}
   * @throws MalformedPayloadException if the bytes are damaged or exceed a limit
   * @throws UnsupportedValueException if the bytes are well formed but not supported
   */
  @Nullable Object deserialize(byte[] bytes);

  /**
   * A serializer like this one whose bytes can be read by whoever wrote these: results go back to
   * the program that enqueued the job. This one itself by default.
   *
   * @param beginning at least the first two of the bytes, if there are so many
   */
  default Serializer matching(byte[] beginning) {
    return this;
  }
}
