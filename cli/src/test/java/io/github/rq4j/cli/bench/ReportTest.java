package io.github.rq4j.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.cli.bench.Measurement.Subject;
import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.codec.json.JsonSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {
  private static final Map<String, String> MACHINE =
      Map.of("rq", "3.0.0", "python", "3.11.7", "processors", "2");

  @TempDir private Path directory;
  private final Results results = new Results();

  private void drained(Contestant contestant, double speed) {
    results.add(
        new Measurement(
            new Subject("drain", "noop", contestant.label()),
            Map.of(Figure.JOBS_PER_SECOND, speed),
            Map.of("hset", new ServerFigures.Calls(4, 2.5))));
  }

  private List<String> speeds() {
    return Objects.requireNonNull(new ResultTables(results).all().get("Drain: noop")).plain();
  }

  @Test
  void each_speed_stands_beside_those_of_rq_and_the_floor() {
    drained(Contestant.RQ_WORKER, 100);
    drained(Contestant.RQ_SIMPLE_WORKER, 200);
    drained(Contestant.threads(1), 5_000);
    results.add(
        new Measurement(
            new Subject("floor", "noop", "rq4j 1 slot"), Map.of(Figure.JOBS_PER_SECOND, 10_000.0)));

    assertThat(speeds().get(3).split(" {2,}", -1))
        .containsExactly("rq4j 1 slot", "5,000", "50.0", "25.0", "–", "50 %", "–");
  }

  @Test
  void several_runs_are_shown_with_their_extremes() {
    drained(Contestant.RQ_WORKER, 90);
    drained(Contestant.RQ_WORKER, 110);
    drained(Contestant.RQ_WORKER, 95);

    assertThat(speeds().get(1)).contains("95.0 (90.0–110)");
  }

  @Test
  void json_has_each_run_and_what_was_asked_of_the_server() throws IOException {
    drained(Contestant.RQ_WORKER, 90);
    drained(Contestant.RQ_WORKER, 110);
    Path file = directory.resolve("bench.json");

    new ResultJson(results, MACHINE).write(file);

    assertThat(JsonSerializer.defaults().deserialize(Files.readAllBytes(file)))
        .asString()
        .contains("rq worker", "jobs_per_second", "100.0", "[90.0, 110.0]", "hset", "2.5", "3.0.0");
  }

  @Test
  void a_target_is_met_or_not() {
    drained(Contestant.RQ_WORKER, 10);
    drained(Contestant.RQ_SIMPLE_WORKER, 100);
    drained(Contestant.threads(4), 2_000);

    assertThat(Targets.table(results).markdown())
        .contains(
            "| no-op jobs, × `rq worker` | ≥ 100 | 200 | – | yes |",
            "| no-op jobs, × `SimpleWorker` | ≥ 50.0 | 20.0 | – | no |");
  }

  private void enqueued(String client, double speed) {
    results.add(
        new Measurement(
            new Subject("enqueue", EnqueueMeasurement.ONE_BY_ONE, client),
            Map.of(Figure.JOBS_PER_SECOND, speed)));
  }

  @Test
  void what_the_machine_can_do_stands_beside_what_is_wanted_of_enqueuing() {
    enqueued(EnqueueMeasurement.FLOOR, 22_000);
    enqueued(EnqueueMeasurement.JAVA, 18_000);
    enqueued(EnqueueMeasurement.PYTHON, 2_000);

    assertThat(Targets.table(results).markdown())
        .contains("| enqueuing one by one, × RQ | ≥ 10.0 | 9.00 | 11.0 | no |");
    assertThat(new ResultTables(results).all().get("Enqueuing, jobs/s, one thread"))
        .extracting(TextTable::markdown, InstanceOfAssertFactories.list(String.class))
        .contains("| floor: PING, one by one | 22,000 | 11.0 |");
  }

  private void waitedFor(String worker, double median, double serverTime) {
    results.add(
        new Measurement(
            SteadyMeasurement.subject(worker, Plan.IDLE),
            Map.of(
                Figure.P50_MILLISECONDS, median, Figure.SERVER_MICROSECONDS_PER_JOB, serverTime)));
  }

  @Test
  void what_the_machine_can_do_stands_beside_what_is_wanted_of_latency() {
    waitedFor(SteadyMeasurement.FLOOR, 0.4, 250);
    waitedFor(Contestant.RQ_SIMPLE_WORKER.label(), 2, 1_500);
    waitedFor(Contestant.threads(1).label(), 1.2, 700);

    assertThat(Targets.table(results).markdown())
        .contains(
            "| latency on an idle worker, p50, ms | ≤ 1.00 | 1.20 | 0.40 | no |",
            "| the same, part of `SimpleWorker`'s | ≤ 0.10 | 0.60 | 0.20 | no |");
    assertThat(new ResultTables(results).all().get("From enqueuing to the result, ms"))
        .extracting(TextTable::markdown, InstanceOfAssertFactories.list(String.class))
        .contains("| floor: bare exchange, 40/s | 0.40 | – | – | 250 | – |");
  }

  private void drainedBefore(int behind, double speed, double serverTime) {
    results.add(
        new Measurement(
            BacklogMeasurement.subject(behind),
            Map.of(Figure.JOBS_PER_SECOND, speed, Figure.SERVER_MICROSECONDS_PER_JOB, serverTime)));
  }

  @Test
  void a_long_queue_stands_beside_a_short_one() {
    drainedBefore(1_000, 10_000, 50);
    drainedBefore(1_000_000, 9_000, 52);

    assertThat(new ResultTables(results).all().get("Backlog: no-op jobs before others"))
        .extracting(TextTable::markdown, InstanceOfAssertFactories.list(String.class))
        .contains(
            "| rq4j 16 slots, 1,000 behind | 10,000 | 1.00 | 50.0 | 1.00 | – |",
            "| rq4j 16 slots, 1,000,000 behind | 9,000 | 0.90 | 52.0 | 1.04 | – |");
    assertThat(Targets.table(results).markdown())
        .contains(
            "| jobs/s with 1,000,000 queued, part of 1,000 | ≥ 0.95 | 0.90 | – | no |",
            "| server µs per job, the same | ≤ 1.05 | 1.04 | – | yes |");
  }

  @Test
  void a_backlog_that_is_shorter_than_the_target_tells_nothing_of_it() {
    drainedBefore(1_000, 10_000, 50);
    drainedBefore(20_000, 10_000, 50);

    assertThat(Targets.table(results).isEmpty()).isTrue();
  }

  @Test
  void only_what_is_between_the_marks_of_a_page_is_written() throws IOException {
    Path page = directory.resolve("page.md");
    Files.writeString(
        page, "# Mine\n" + MarkedPage.BEGIN + "\nold\n" + MarkedPage.END + "\nmine, too\n");

    new MarkedPage(page).write(List.of("new"));

    assertThat(page)
        .content(StandardCharsets.UTF_8)
        .isEqualTo(
            "# Mine\n" + MarkedPage.BEGIN + "\n\nnew\n\n" + MarkedPage.END + "\nmine, too\n");
  }

  @Test
  void a_page_without_marks_is_left_alone() throws IOException {
    Path page = directory.resolve("page.md");
    Files.writeString(page, "# Mine\n");

    assertThatThrownBy(() -> new MarkedPage(page).check())
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("has no line");
    assertThat(page).hasContent("# Mine");
  }

  @Test
  void the_section_names_the_machine_and_shows_the_chart() {
    drained(Contestant.RQ_WORKER, 90);

    assertThat(new Publication(results, MACHINE).markdown("performance.svg"))
        .contains(
            "| rq | 3.0.0 |",
            "![No-op jobs per second](performance.svg)",
            "### Drain: noop",
            "### Per job: noop");
  }
}
