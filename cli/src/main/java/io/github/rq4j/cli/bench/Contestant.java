package io.github.rq4j.cli.bench;

import java.util.List;
import java.util.stream.Stream;

/**
 * A way to run jobs. Immutable.
 *
 * @param label what it is called in tables
 * @param side whose program it is
 * @param arguments those of the program, before queues
 */
record Contestant(String label, Side side, List<String> arguments) {

  /** Whose program runs the jobs. */
  enum Side {
    PYTHON,
    JAVA
  }

  static final Contestant RQ_WORKER = python("rq worker", "worker");
  static final Contestant RQ_SIMPLE_WORKER =
      python("rq SimpleWorker", "worker", "-w", "rq.worker.SimpleWorker");
  static final Contestant RQ_POOL = python("rq worker-pool -n 2", "worker-pool", "-n", "2");

  Contestant {
    arguments = List.copyOf(arguments);
  }

  /** RQ's own ways. */
  static List<Contestant> allPython() {
    return List.of(RQ_WORKER, RQ_SIMPLE_WORKER, RQ_POOL);
  }

  /** One of RQ's programs. */
  private static Contestant python(String label, String... arguments) {
    return new Contestant(label, Side.PYTHON, List.of(arguments));
  }

  /** A worker that runs jobs in its threads. */
  static Contestant threads(int slots) {
    return java("rq4j " + slots + (slots == 1 ? " slot" : " slots"), slots);
  }

  /** A worker that runs jobs in work horses. */
  static Contestant processes(int slots) {
    String label = "rq4j " + slots + (slots == 1 ? " process" : " processes");
    return java(label, slots, "--isolation", "process");
  }

  private static Contestant java(String label, int slots, String... more) {
    Stream<String> arguments =
        Stream.concat(
            Stream.of(
                "worker",
                "--handlers",
                BenchTasks.class.getName(),
                "--concurrency",
                Integer.toString(slots)),
            Stream.of(more));
    return new Contestant(label, Side.JAVA, arguments.toList());
  }

  boolean isPython() {
    return side == Side.PYTHON;
  }
}
