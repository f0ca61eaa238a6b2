package io.github.rq4j.cli.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Jobs that wait to be drained. Immutable.
 *
 * @param scenario their kind
 * @param jobs how many of them are to be drained, at least 1
 * @param behind how many no-op jobs lie behind those in the first queue, at least 0
 */
record Workload(Scenario scenario, int jobs, int behind) {

  /** Jobs with nothing behind them. */
  Workload(Scenario scenario, int jobs) {
    this(scenario, jobs, 0);
  }

  /** A name for files. */
  String name() {
    return scenario.label() + "-" + jobs + (behind == 0 ? "" : "-before-" + behind);
  }

  /** The queues, in the order of their importance. */
  List<String> queues() {
    return IntStream.range(0, scenario.queues()).mapToObj(number -> "bench-" + number).toList();
  }

  /** What {@code fill.py} is told, which enqueues those that are to be drained. */
  String[] arguments() {
    return new String[] {
      "bench_tasks." + scenario.function(),
      scenario.argument(),
      Integer.toString(jobs),
      Integer.toString(scenario.chain()),
      String.join(",", queues())
    };
  }
}
