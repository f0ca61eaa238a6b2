package io.github.rq4j.cli.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Starts the programs that run jobs, each as its users would.
 *
 * @param java how {@code rq4j} is started
 * @param python how RQ is started
 */
record Workers(JavaProgram java, BenchPython python) {

  /** Starts a worker. */
  ProcessFamily start(Contestant contestant, String redis, List<String> queues, String... options) {
    List<String> arguments = new ArrayList<>(contestant.arguments());
    arguments.add("--quiet");
    arguments.addAll(List.of(options));
    arguments.addAll(queues);
    return ProcessFamily.start(
        contestant.isPython() ? python.rq(redis, arguments) : java.command(redis, arguments));
  }
}
