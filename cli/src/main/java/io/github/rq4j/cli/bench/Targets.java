package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.bench.Measurement.Subject;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What the project wants to reach, beside what was measured, and what the same would be if rq4j
 * took no time at all, where that was measured, too.
 */
final class Targets {
  private static final String NOOP = Scenario.NOOP.label();
  private static final String DRAIN = DrainMeasurement.SECTION;
  private static final OptionalDouble UNKNOWN = OptionalDouble.empty();

  private final Results results;
  private final TextTable table =
      new TextTable(List.of("target", "wanted", "measured", "floor", "met"));

  private Targets(Results results) {
    this.results = results;
  }

  /** A row for each target that was measured. */
  static TextTable table(Results results) {
    return new Targets(results).table();
  }

  private TextTable table() {
    speed();
    cost();
    latency();
    start();
    enqueue(EnqueueMeasurement.ONE_BY_ONE);
    enqueue(EnqueueMeasurement.MANY);
    backlog();
    return table;
  }

  private void speed() {
    OptionalDouble best =
        List.of(1, 4, 16, 64).stream()
            .map(slots -> drain(Contestant.threads(slots), Figure.JOBS_PER_SECOND))
            .flatMapToDouble(OptionalDouble::stream)
            .max();
    OptionalDouble floor = results.best(FloorMeasurement.SECTION, NOOP, Figure.JOBS_PER_SECOND);
    OptionalDouble rq = drain(Contestant.RQ_WORKER, Figure.JOBS_PER_SECOND);
    OptionalDouble simple = drain(Contestant.RQ_SIMPLE_WORKER, Figure.JOBS_PER_SECOND);
    atLeast("no-op jobs, × `rq worker`", 100, over(best, rq), over(floor, rq));
    atLeast("no-op jobs, × `SimpleWorker`", 50, over(best, simple), over(floor, simple));
    atLeast("no-op jobs, part of the floor", 0.7, over(best, floor), UNKNOWN);
  }

  private void cost() {
    Contestant one = Contestant.threads(1);
    atMost("round trips per job, 1 slot", 2, drain(one, Figure.ROUND_TRIPS_PER_JOB), UNKNOWN);
    atMost("commands of each job, 1 slot", 25, drain(one, Figure.COMMANDS_OF_EACH_JOB), UNKNOWN);
    OptionalDouble memory = drain(Contestant.threads(64), Figure.PEAK_MEGABYTES);
    atMost("memory with 64 slots, MB", 200, memory, UNKNOWN);
  }

  private void latency() {
    String one = Contestant.threads(1).label();
    OptionalDouble middle = latency(one, Figure.P50_MILLISECONDS);
    OptionalDouble rare = latency(one, Figure.P99_MILLISECONDS);
    OptionalDouble floor = latency(SteadyMeasurement.FLOOR, Figure.P50_MILLISECONDS);
    OptionalDouble rareFloor = latency(SteadyMeasurement.FLOOR, Figure.P99_MILLISECONDS);
    OptionalDouble simple = latency(Contestant.RQ_SIMPLE_WORKER.label(), Figure.P50_MILLISECONDS);
    atMost("latency on an idle worker, p50, ms", 1, middle, floor);
    atMost("the same, part of `SimpleWorker`'s", 0.1, over(middle, simple), over(floor, simple));
    atMost("latency, p99 in p50", 5, over(rare, middle), over(rareFloor, floor));
  }

  private void start() {
    OptionalDouble python = firstJob(Contestant.RQ_WORKER);
    OptionalDouble java = firstJob(Contestant.threads(1));
    atMost("first job, part of `rq worker`'s", 1, over(java, python), UNKNOWN);
  }

  private void enqueue(String way) {
    OptionalDouble python = enqueued(way, EnqueueMeasurement.PYTHON);
    OptionalDouble java = enqueued(way, EnqueueMeasurement.JAVA);
    OptionalDouble floor = enqueued(way, EnqueueMeasurement.FLOOR);
    atLeast("enqueuing " + way + ", × RQ", 10, over(java, python), over(floor, python));
  }

  private void backlog() {
    OptionalDouble speed = withBacklog(Figure.JOBS_PER_SECOND);
    atLeast("jobs/s with 1,000,000 queued, part of 1,000", 0.95, speed, UNKNOWN);
    OptionalDouble cost = withBacklog(Figure.SERVER_MICROSECONDS_PER_JOB);
    atMost("server µs per job, the same", 1.05, cost, UNKNOWN);
  }

  private OptionalDouble drain(Contestant contestant, Figure figure) {
    return results.median(new Subject(DRAIN, NOOP, contestant.label()), figure);
  }

  private OptionalDouble latency(String worker, Figure figure) {
    return results.median(SteadyMeasurement.subject(worker, Plan.IDLE), figure);
  }

  private OptionalDouble firstJob(Contestant contestant) {
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

  private OptionalDouble enqueued(String way, String client) {
    return results.median(
        new Subject(EnqueueMeasurement.SECTION, way, client), Figure.JOBS_PER_SECOND);
  }

  private static OptionalDouble over(OptionalDouble number, OptionalDouble by) {
    return number.isPresent() && by.isPresent() && by.getAsDouble() > 0
        ? OptionalDouble.of(number.getAsDouble() / by.getAsDouble())
        : UNKNOWN;
  }

  private void atLeast(String name, double wanted, OptionalDouble found, OptionalDouble floor) {
    boolean met = found.isPresent() && found.getAsDouble() >= wanted;
    add(name, "≥ " + Numbers.text(wanted), found, floor, met);
  }

  private void atMost(String name, double wanted, OptionalDouble found, OptionalDouble floor) {
    boolean met = found.isPresent() && found.getAsDouble() <= wanted;
    add(name, "≤ " + Numbers.text(wanted), found, floor, met);
  }

  private void add(
      String name, String wanted, OptionalDouble found, OptionalDouble floor, boolean met) {
    if (found.isPresent()) {
      table.add(
          List.of(name, wanted, Numbers.text(found), Numbers.text(floor), met ? "yes" : "no"));
    }
  }
}
