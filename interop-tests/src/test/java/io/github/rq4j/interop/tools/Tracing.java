package io.github.rq4j.interop.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.local.CommandResult;
import io.github.rq4j.testservers.RqTools;
import io.github.rq4j.testservers.TestRedis;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A Python program with a tracing SDK that enqueues or works, and prints what it would report. */
final class Tracing {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final String tool;
  private final String module;
  private final TestRedis redis;

  Tracing(String tool, String module, TestRedis redis) {
    this.tool = tool;
    this.module = module;
    this.redis = redis;
  }

  /** What the producer reports; the line {@code job} has the job's id. */
  List<Report> enqueue(String queue, String function) {
    return run("enqueue", queue, function);
  }

  /** What the worker reports that runs all that is queued. */
  List<Report> work(String queue) {
    return run("work", queue);
  }

  private List<Report> run(String action, String queue, String... more) {
    String[] arguments = {"-m", module, action, redis.uri().toString(), queue};
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    CommandResult result = RqTools.ofThisProject().named(tool).prepare().run(LIMIT, "python", all);
    assertThat(result.exitCode()).as(result.stderr()).isZero();
    return result.stdout().lines().map(Report::parse).toList();
  }

  /** The only report that is of the kind and has the value. */
  static Report only(List<Report> reports, String kind, String name, String value) {
    List<Report> found =
        reports.stream()
            .filter(report -> report.kind().equals(kind) && value.equals(report.get(name)))
            .toList();
    assertThat(found).as("%s with %s=%s of %s", kind, name, value, reports).hasSize(1);
    return found.get(0);
  }

  /**
   * A line of the program.
   *
   * @param kind its first word
   * @param values the others; one without a name is named {@code id}
   */
  record Report(String kind, Map<String, String> values) {
    private static Report parse(String line) {
      String[] words = line.strip().split(" ", -1);
      return new Report(
          words[0],
          Arrays.stream(words)
              .skip(1)
              .map(word -> word.contains("=") ? word : "id=" + word)
              .map(word -> word.split("=", 2))
              .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    }

    String get(String name) {
      return values.getOrDefault(name, "");
    }
  }
}
