package io.github.rq4j.cli.bench;

import java.util.List;

/**
 * Some runs of the same. Immutable.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param min the least
 * @param max the greatest
 * @param runs all, in their order
 */
record Spread(double median, double min, double max, List<Double> runs) {

  /**
   * The spread of some runs.
   *
   * @param runs at least one
   */
  static Spread of(List<Double> runs) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("there is no median of no runs");
    }
    List<Double> sorted = runs.stream().sorted().toList();
    int size = sorted.size();
    double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
    return new Spread(median, sorted.get(0), sorted.get(size - 1), List.copyOf(runs));
  }
}
