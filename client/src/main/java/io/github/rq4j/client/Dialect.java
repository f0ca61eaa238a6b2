package io.github.rq4j.client;

import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.StoredJob;
import io.github.rq4j.client.wire.Timestamps;
import io.github.rq4j.codec.CallDescription;
import io.github.rq4j.codec.CompressedText;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.JobDataFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * Which releases of RQ are to read what Java writes. All that differs between them is here; what is
 * read is understood from every release, whatever is chosen.
 */
public enum Dialect {
  /** RQ 1.0 and all later releases; the default. */
  SINCE_1_0,

  /**
   * RQ 0.4 to 0.13; later releases read it, too. Moments have no fraction (RQ before 0.9), data and
   * tracebacks are not compressed (before 0.10), and failed jobs are in the one queue {@code
   * failed} of all queues instead of a registry for each (before 1.0).
   */
  BEFORE_1_0;

  // The first byte of a pickled call from protocol 2 on, and before. No zlib stream begins so.
  private static final byte PROTOCOL = (byte) 0x80;
  private static final byte MARK = '(';

  /**
   * What the answer to a job has to be in: RQ before 0.10 is known by a pickle that is not
   * compressed.
   *
   * @return {@link #BEFORE_1_0} for its jobs, else this
   */
  public Dialect of(StoredJob job) {
    byte[] data = job.bytes(JobFields.DATA);
    boolean isPickle = data != null && data.length > 0 && (data[0] == PROTOCOL || data[0] == MARK);
    return isPickle ? BEFORE_1_0 : this;
  }

  /** A point in time as text; with fraction where that can be read. */
  public String timestamp(Instant instant) {
    return this == SINCE_1_0 ? Timestamps.text(instant) : Timestamps.textInSeconds(instant);
  }

  /**
   * A call as the field {@code data} holds it.
   *
   * @param serialized the call as {@link JobDataFormat#encodeAsIs} gives it
   */
  public byte[] data(JobDataFormat format, byte[] serialized) {
    return this == SINCE_1_0 ? format.deflate(serialized) : serialized;
  }

  /**
   * A call as people read it. RQ before 1.0 on Python 2 stops at a description outside of ASCII;
   * its own show such characters as Python 2 does, by their numbers.
   */
  public String description(JobData call) {
    String text = CallDescription.of(call);
    return this == SINCE_1_0 ? text : escaped(text);
  }

  private static String escaped(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            codePoint -> {
              if (codePoint < 0x80) {
                ascii.append((char) codePoint);
              } else {
                String form =
                    codePoint < 0x100 ? "\\x%02x" : codePoint < 0x10000 ? "\\u%04x" : "\\U%08x";
                ascii.append(String.format(Locale.ROOT, form, codePoint));
              }
            });
    return ascii.toString();
  }

  /** A traceback as the field {@code exc_info} holds it. */
  public byte[] traceback(String text) {
    return this == SINCE_1_0
        ? CompressedText.compress(text)
        : text.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether failed jobs are kept in the queue {@code failed} instead of a registry. */
  public boolean hasFailedQueue() {
    return this == BEFORE_1_0;
  }
}
