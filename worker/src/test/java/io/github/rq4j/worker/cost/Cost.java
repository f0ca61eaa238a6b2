package io.github.rq4j.worker.cost;

import io.github.rq4j.testservers.Traffic;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one job, or one of whatever a scenario counts, costs Redis.
 *
 * @param commands carried out by the server, those inside scripts included
 * @param roundTrips how often the client waits for an answer
 * @param bytesToRedis bytes of the requests
 * @param bytesFromRedis bytes of the replies
 */
record Cost(
    BigDecimal commands,
    BigDecimal roundTrips,
    BigDecimal bytesToRedis,
    BigDecimal bytesFromRedis) {
  static final List<String> FIGURES =
      List.of("commands", "round trips", "bytes to Redis", "bytes from Redis");
  // Running times are written with as many digits as they happen to have.
  private static final BigDecimal BYTES_OF_DIGITS = BigDecimal.valueOf(16);

  /**
   * The share of one of so many.
   *
   * @param digits of commands and round trips behind the point
   */
  static Cost of(long commands, Traffic traffic, int units, int digits) {
    return new Cost(
        share(commands, units, digits),
        share(traffic.roundTrips(), units, digits),
        share(traffic.bytesToRedis(), units, 0),
        share(traffic.bytesFromRedis(), units, 0));
  }

  private static BigDecimal share(long number, int units, int digits) {
    return BigDecimal.valueOf(number)
        .divide(BigDecimal.valueOf(units), digits, RoundingMode.HALF_UP);
  }

  /** From the figures as {@link #texts} gives them. */
  static Cost parse(List<String> figures) {
    List<BigDecimal> numbers = figures.stream().map(BigDecimal::new).toList();
    return new Cost(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
  }

  List<BigDecimal> figures() {
    return List.of(commands, roundTrips, bytesToRedis, bytesFromRedis);
  }

  /** In the order of {@link #FIGURES}. */
  List<String> texts() {
    return figures().stream()
        .map(figure -> figure.signum() == 0 ? BigDecimal.ZERO : figure.stripTrailingZeros())
        .map(BigDecimal::toPlainString)
        .toList();
  }

  /** Says of each figure that is above its limit from what to what it grew. */
  List<String> growthOver(Cost limit) {
    return IntStream.range(0, FIGURES.size())
        .filter(i -> figures().get(i).compareTo(limit.most(i)) > 0)
        .mapToObj(
            i -> FIGURES.get(i) + " grew from " + limit.texts().get(i) + " to " + texts().get(i))
        .toList();
  }

  private BigDecimal most(int figure) {
    BigDecimal recorded = figures().get(figure);
    return FIGURES.get(figure).startsWith("bytes") ? recorded.add(BYTES_OF_DIGITS) : recorded;
  }
}
