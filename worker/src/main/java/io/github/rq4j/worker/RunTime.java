package io.github.rq4j.worker;

import java.time.Duration;
import java.util.Locale;

/** Time that runs took, as RQ writes it into a worker's hash. */
final class RunTime {
  private RunTime() {}

  /** Seconds with six decimals. */
  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%d.%06d", time.toSeconds(), time.toNanosPart() / 1_000);
  }
}
