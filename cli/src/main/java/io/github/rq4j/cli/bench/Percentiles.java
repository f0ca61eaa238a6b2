package io.github.rq4j.cli.bench;

import java.util.Arrays;

/** Percentiles of measured values: each is a value that was measured, none lies between two. */
final class Percentiles {
  private final double[] sorted;

  /**
   * Copies the values.
   *
   * @param values at least one
   */
  Percentiles(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("there are no percentiles of no values");
    }
    this.sorted = values.clone();
    Arrays.sort(sorted);
  }

  /**
   * The least value that this part of all values does not exceed.
   *
   * @param part above 0, at most 1: 0.99 for the 99th percentile
   */
  double at(double part) {
    if (!(part > 0 && part <= 1)) {
      throw new IllegalArgumentException("a percentile's part is above 0 and at most 1: " + part);
    }
    // Rounded up, save for the error of a product such as 0.999 * 1000.
    int rank = (int) Math.ceil(part * sorted.length - 1e-9);
    return sorted[rank - 1];
  }
}
