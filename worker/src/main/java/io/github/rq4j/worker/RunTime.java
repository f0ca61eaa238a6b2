package io.github.rq4j.worker;

import io.github.rq4j.client.wire.Timestamps;
import java.time.Duration;

/** Time that runs took, as RQ writes it into a worker's hash. */
final class RunTime {
  private RunTime() {}

  /** Seconds with six decimals. */
  static String seconds(Duration time) {
    return Timestamps.decimal(time.toSeconds(), time.toNanosPart());
  }
}
