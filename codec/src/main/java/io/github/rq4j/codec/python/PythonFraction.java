package io.github.rq4j.codec.python;

import java.math.BigInteger;

/**
 * A Python {@code fractions.Fraction}, always in lowest terms.
 *
 * @param numerator carries the sign
 * @param denominator at least 1
 */
public record PythonFraction(BigInteger numerator, BigInteger denominator) {

  /**
   * Reduces the fraction to lowest terms with a positive denominator, as Python does.
   *
   * @throws IllegalArgumentException if the denominator is zero
   */
  public PythonFraction {
    if (denominator.signum() == 0) {
      throw new IllegalArgumentException("a fraction needs a denominator other than zero");
    }
    BigInteger divisor = numerator.gcd(denominator);
    if (denominator.signum() < 0) {
      divisor = divisor.negate();
    }
    if (!divisor.equals(BigInteger.ONE)) {
      numerator = numerator.divide(divisor);
      denominator = denominator.divide(divisor);
    }
  }

  /** Python's own text, abbreviated. */
  @Override
  public String toString() {
    return PythonRepr.abbreviated(this);
  }
}
