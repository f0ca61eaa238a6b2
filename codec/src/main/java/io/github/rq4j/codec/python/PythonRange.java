package io.github.rq4j.codec.python;

import java.math.BigInteger;

/**
 * A Python {@code range}: the numbers from {@code start} towards {@code stop}, which is left out.
 *
 * <p>Unlike in Python, two ranges are equal only if all three numbers are.
 *
 * @param start the first number, if the range has any
 * @param stop the bound, not reached
 * @param step the difference of neighbours, never zero
 */
public record PythonRange(BigInteger start, BigInteger stop, BigInteger step) {

  /**
   * Checks the step.
   *
   * @throws IllegalArgumentException if the step is zero
   */
  public PythonRange {
    if (step.signum() == 0) {
      throw new IllegalArgumentException("a range needs a step other than zero");
    }
  }

  /** The range of some {@code long} numbers. */
  public static PythonRange of(long start, long stop, long step) {
    return new PythonRange(
        BigInteger.valueOf(start), BigInteger.valueOf(stop), BigInteger.valueOf(step));
  }

  /** Python's own text, abbreviated. */
  @Override
  public String toString() {
    return PythonRepr.abbreviated(this);
  }
}
