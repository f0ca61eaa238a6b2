package io.github.rq4j.cli.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Jobs that wait to be drained. Immutable.
 *
 * @param scenario their kind
 * @param jobs how many, at least 1
 */
record Workload(Scenario scenario, int jobs) {

  /** A name for files. */
  String name() {
    return scenario.label() + "-" + jobs;
  }

  /** The queues, in the order of their importance. */
  List<String> queues() {
    return IntStream.range(0, scenario.queues()).mapToObj(number -> "bench-" + number).toList();
  }

  /** What {@code fill.py} is told. */
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
