package io.github.rq4j.cli.bench;

import java.util.Locale;

/** Jobs of one kind. */
enum Scenario {
  NOOP("noop", "", 1, 1, 120_000, 1_200),
  ARGS_1KB("length", "text:1024", 1, 1, 40_000, 1_200),
  ARGS_100KB("length", "text:102400", 1, 1, 3_000, 600),
  SLEEP_1MS("nap", "seconds:0.001", 1, 1, 40_000, 1_200),
  CPU_5MS("spin", "seconds:0.005", 1, 1, 2_000, 600),
  CHAINS("noop", "", 1, 10, 12_000, 1_000),
  QUEUES_10("noop", "", 10, 1, 40_000, 1_200);

  private final String function;
  private final String argument;
  private final int queues;
  private final int chain;
  private final int jobs;
  private final int jobsForPython;

  Scenario(String function, String argument, int queues, int chain, int jobs, int jobsForPython) {
    this.function = function;
    this.argument = argument;
    this.queues = queues;
    this.chain = chain;
    this.jobs = jobs;
    this.jobsForPython = jobsForPython;
  }

  /** What users call it. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name of the function within its module. */
  String function() {
    return function;
  }

  /** The function's only argument in the notation of {@code fill.py}; empty for none. */
  String argument() {
    return argument;
  }

  /** How many queues the jobs are spread over. */
  int queues() {
    return queues;
  }

  /** How many jobs wait for each other, one after the other; 1 where none waits. */
  int chain() {
    return chain;
  }

  /** How many jobs a drain may need on a fast machine. */
  int jobs(Contestant.Side side) {
    return side == Contestant.Side.PYTHON ? jobsForPython : jobs;
  }
}
