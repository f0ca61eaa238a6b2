package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.bench.Measurement.Subject;
import java.util.List;
import java.util.OptionalDouble;

/** What the project wants to reach, beside what was measured. */
final class Targets {
  private static final String NOOP = Scenario.NOOP.label();
  private static final String DRAIN = DrainMeasurement.SECTION;

  private final Results results;

  Targets(Results results) {
    this.results = results;
  }

  /** The table, with a row for each target. */
  TextTable table() {
    TextTable table = new TextTable(List.of("target", "wanted", "measured", "met"));
    OptionalDouble best =
        List.of(1, 4, 16, 64).stream()
            .map(slots -> drain(Contestant.threads(slots), Figure.JOBS_PER_SECOND))
            .flatMapToDouble(OptionalDouble::stream)
            .max();
    atLeast(table, "no-op jobs, × `rq worker`", 100, over(best, rate(Contestant.RQ_WORKER)));
    atLeast(
        table, "no-op jobs, × `SimpleWorker`", 50, over(best, rate(Contestant.RQ_SIMPLE_WORKER)));
    OptionalDouble floor = results.best(FloorMeasurement.SECTION, NOOP, Figure.JOBS_PER_SECOND);
    atLeast(table, "no-op jobs, part of the floor", 0.7, over(best, floor));
    Contestant one = Contestant.threads(1);
    atMost(table, "round trips per job, 1 slot", 2, drain(one, Figure.ROUND_TRIPS_PER_JOB));
    atMost(table, "commands per job, 1 slot", 25, drain(one, Figure.COMMANDS_PER_JOB));
    atMost(
        table,
        "memory with 64 slots, MB",
        200,
        drain(Contestant.threads(64), Figure.PEAK_MEGABYTES));
    latency(table, one);
    OptionalDouble start = start(one);
    atMost(table, "first job, part of `rq worker`'s", 1, over(start, start(Contestant.RQ_WORKER)));
    enqueue(table);
    OptionalDouble speed = withBacklog(Figure.JOBS_PER_SECOND);
    atLeast(table, "jobs/s with 1,000,000 queued, part of 1,000", 0.95, speed);
    OptionalDouble cost = withBacklog(Figure.SERVER_MICROSECONDS_PER_JOB);
    atMost(table, "server µs per job, the same", 1.05, cost);
    return table;
  }

  private void latency(TextTable table, Contestant one) {
    OptionalDouble middle = latency(one, Figure.P50_MILLISECONDS);
    OptionalDouble rare = latency(one, Figure.P99_MILLISECONDS);
    OptionalDouble simple = latency(Contestant.RQ_SIMPLE_WORKER, Figure.P50_MILLISECONDS);
    atMost(table, "latency on an idle worker, p50, ms", 1, middle);
    atMost(table, "the same, part of `SimpleWorker`'s", 0.1, over(middle, simple));
    atMost(table, "latency, p99 in p50", 5, over(rare, middle));
  }

  private void enqueue(TextTable table) {
    for (String way : List.of(EnqueueMeasurement.ONE_BY_ONE, EnqueueMeasurement.MANY)) {
      OptionalDouble java = enqueue(way, EnqueueMeasurement.JAVA);
      OptionalDouble python = enqueue(way, EnqueueMeasurement.PYTHON);
      atLeast(table, "enqueuing " + way + ", × RQ", 10, over(java, python));
    }
  }

  private OptionalDouble rate(Contestant contestant) {
    return drain(contestant, Figure.JOBS_PER_SECOND);
  }

  private OptionalDouble drain(Contestant contestant, Figure figure) {
    return results.median(new Subject(DRAIN, NOOP, contestant.label()), figure);
  }

  private OptionalDouble latency(Contestant contestant, Figure figure) {
    String scenario = Plan.IDLE.label();
    return results.median(
        new Subject(SteadyMeasurement.SECTION, scenario, contestant.label()), figure);
  }

  private OptionalDouble start(Contestant contestant) {
    return results.median(
        new Subject(StartMeasurement.SECTION, "--burst", contestant.label()),
        Figure.FIRST_JOB_MILLISECONDS);
  }

  /** With a long queue, as a part of that with a short one. */
  private OptionalDouble withBacklog(Figure figure) {
    return over(
        results.median(BacklogMeasurement.subject(BacklogMeasurement.LONG), figure),
        results.median(BacklogMeasurement.subject(BacklogMeasurement.SHORT), figure));
  }

  private OptionalDouble enqueue(String way, String client) {
    return results.median(
        new Subject(EnqueueMeasurement.SECTION, way, client), Figure.JOBS_PER_SECOND);
  }

  private static OptionalDouble over(OptionalDouble number, OptionalDouble by) {
    return number.isPresent() && by.isPresent() && by.getAsDouble() > 0
        ? OptionalDouble.of(number.getAsDouble() / by.getAsDouble())
        : OptionalDouble.empty();
  }

  private static void atLeast(TextTable table, String name, double wanted, OptionalDouble found) {
    boolean met = found.isPresent() && found.getAsDouble() >= wanted;
    add(table, name, "≥ " + Numbers.text(wanted), found, met);
  }

  private static void atMost(TextTable table, String name, double wanted, OptionalDouble found) {
    boolean met = found.isPresent() && found.getAsDouble() <= wanted;
    add(table, name, "≤ " + Numbers.text(wanted), found, met);
  }

  private static void add(
      TextTable table, String name, String wanted, OptionalDouble found, boolean met) {
    if (found.isPresent()) {
      table.add(List.of(name, wanted, Numbers.text(found), met ? "yes" : "no"));
    }
  }
}
