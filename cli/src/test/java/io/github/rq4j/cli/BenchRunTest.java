package io.github.rq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rq4j bench} with few jobs: real RQ and Java workers, each a process of its own. */
final class BenchRunTest extends OnRedis {
  @TempDir private Path directory;

  private static List<String> texts(JsonNode entries, String name) {
    List<String> texts = new ArrayList<>();
    entries.forEach(entry -> texts.add(entry.path(name).asText()));
    return texts;
  }

  private JsonNode results() throws IOException {
    return new ObjectMapper()
        .readTree(Files.readAllBytes(directory.resolve("out.json")))
        .get("results");
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  @Test
  void python_and_java_finish_all_jobs_and_are_measured_alike() throws IOException {
    CommandRun run =
        CommandRun.of(
            "bench",
            "--quick",
            "--jobs=40",
            "--scenario",
            "args-1kb",
            "start",
            "enqueue",
            "--json=" + file("out.json"),
            "--svg=" + file("out.svg"),
            "--markdown=" + file("out.md"));

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    List<JsonNode> drains = new ArrayList<>();
    results().forEach(entry -> drains.add(entry));
    drains.removeIf(entry -> !entry.path("section").asText().equals("drain"));
    assertThat(drains).hasSize(5);
    assertThat(drains)
        .allSatisfy(
            drain -> assertThat(drain.at("/jobs_finished/median").asDouble()).isEqualTo(40));
    assertThat(texts(results(), "section")).contains("start", "enqueue");
    assertThat(texts(results(), "worker")).contains("floor: PING", "rq4j client", "rq");
    assertThat(run.out()).contains("Drain: args-1kb", "rq SimpleWorker", "Enqueuing");
    assertThat(directory.resolve("out.svg")).content(StandardCharsets.UTF_8).contains("<svg");
    assertThat(directory.resolve("out.md"))
        .content(StandardCharsets.UTF_8)
        .contains("### Targets", "![No-op jobs per second](out.svg)");
  }

  @Test
  void the_floor_and_latencies_are_measured_without_workers_of_python() throws IOException {
    CommandRun run =
        CommandRun.of(
            "bench",
            "--quick",
            "--skip-python",
            "--jobs=100",
            "--scenario=noop",
            "--scenario=steady",
            "--json=" + file("out.json"));

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(texts(results(), "section")).contains("floor", "drain", "steady");
    assertThat(texts(results(), "worker"))
        .contains("rq4j 64 slots", "rq4j 4 processes", "floor: bare exchange");
    results()
        .forEach(
            entry -> {
              if (entry.path("section").asText().equals("steady")) {
                double median = entry.at("/p50_milliseconds/median").asDouble();
                assertThat(median)
                    .isPositive()
                    .isLessThanOrEqualTo(entry.at("/p999_milliseconds/median").asDouble());
              }
            });
  }

  @Test
  void jobs_are_drained_before_a_short_backlog_and_before_a_long_one() throws IOException {
    CommandRun run =
        CommandRun.of(
            "bench",
            "--quick",
            "--skip-python",
            "--jobs=40",
            "--scenario=backlog",
            "--url=" + url(),
            "--json=" + file("out.json"));

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(texts(results(), "scenario")).containsExactly("1,000 behind", "20,000 behind");
    assertThat(results())
        .allSatisfy(
            entry ->
                assertThat(entry.at("/jobs_finished/median").asDouble())
                    .isGreaterThanOrEqualTo(40));
    assertThat(run.out()).contains("Backlog: no-op jobs before others");
  }

  @Test
  void a_database_that_has_anything_in_it_is_refused() {
    call("SET", "precious", "1");

    CommandRun run = CommandRun.of("bench", "--quick", "--url", url());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--url: the database has 1 keys");
    assertThat(call("GET", "precious").asText()).isEqualTo("1");
  }

  @Test
  void an_unknown_scenario_is_a_misuse_that_names_those_there_are() {
    CommandRun run = CommandRun.of("bench", "--scenario", "nop");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines())
        .containsExactly(
            "rq4j bench: --scenario: there is no 'nop'; there are noop, args-1kb, args-100kb,"
                + " sleep-1ms, cpu-5ms, chains, queues-10, steady, start, enqueue, backlog");
  }
}
