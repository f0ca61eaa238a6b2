package io.github.rq4j.testservers;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;

/** Notices where a stream brings the first bytes after a time in which nothing was to be done. */
final class Bursts extends FilterInputStream {
  private final BooleanSupplier isIdle;
  private boolean begun;

  Bursts(InputStream in, BooleanSupplier isIdle) {
    super(in);
    this.isIdle = isIdle;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    begun |= count > 0 && isIdle.getAsBoolean();
    return count;
  }

  /** Whether a burst has begun since this was last asked. */
  boolean begun() {
    boolean answer = begun;
    begun = false;
    return answer;
  }
}
