package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.bench.Measurement.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The results as tables, each with a title. */
final class ResultTables {
  private static final List<String> SPEED =
      List.of(
          "worker",
          "jobs/s",
          "× rq worker",
          "× SimpleWorker",
          "× worker-pool",
          "of the floor",
          "first s, jobs/s");
  private static final List<String> COST =
      List.of(
          "worker",
          "commands",
          "round trips",
          "connections",
          "bytes sent",
          "received",
          "server µs",
          "worker µs",
          "peak MB");
  private static final List<String> LATENCY =
      List.of(
          "worker, arrivals", "p50", "p99", "p99.9, all runs", "server µs per job", "worker µs");
  private static final List<String> BACKLOG =
      List.of(
          "worker, jobs behind",
          "jobs/s",
          "× 1,000 behind",
          "server µs",
          "× 1,000 behind",
          "worker µs");

  private final Results results;

  ResultTables(Results results) {
    this.results = results;
  }

  /** All tables that have rows, by their titles. */
  Map<String, TextTable> all() {
    Map<String, TextTable> tables = new LinkedHashMap<>();
    List<String> scenarios =
        subjects(DrainMeasurement.SECTION).map(Subject::scenario).distinct().toList();
    for (String scenario : scenarios) {
      tables.put("Drain: " + scenario, speed(scenario));
      tables.put("Per job: " + scenario, cost(scenario));
    }
    tables.put("From enqueuing to the result, ms", latency());
    tables.put("From the start of the process to the first finished job, ms", starts());
    tables.put("Enqueuing, jobs/s, one thread", enqueuing());
    tables.put("Backlog: no-op jobs before others", backlog());
    tables.values().removeIf(TextTable::isEmpty);
    return tables;
  }

  private TextTable latency() {
    TextTable table = new TextTable(LATENCY);
    subjects(SteadyMeasurement.SECTION)
        .forEach(
            subject ->
                table.add(
                    List.of(
                        subject.worker() + ", " + subject.scenario(),
                        spread(subject, Figure.P50_MILLISECONDS),
                        spread(subject, Figure.P99_MILLISECONDS),
                        Numbers.text(last(subject, Figure.P999_MILLISECONDS)),
                        Numbers.text(results.median(subject, Figure.SERVER_MICROSECONDS_PER_JOB)),
                        Numbers.text(
                            results.median(subject, Figure.WORKER_MICROSECONDS_PER_JOB)))));
    return table;
  }

  private TextTable starts() {
    TextTable table = new TextTable(List.of("worker", "first job, ms"));
    subjects(StartMeasurement.SECTION)
        .forEach(
            subject ->
                table.add(
                    List.of(subject.worker(), spread(subject, Figure.FIRST_JOB_MILLISECONDS))));
    return table;
  }

  private TextTable enqueuing() {
    TextTable table = new TextTable(List.of("client", "jobs/s", "× rq"));
    subjects(EnqueueMeasurement.SECTION)
        .forEach(
            subject -> {
              Subject python =
                  new Subject(subject.section(), subject.scenario(), EnqueueMeasurement.PYTHON);
              table.add(
                  List.of(
                      subject.worker() + ", " + subject.scenario(),
                      spread(subject, Figure.JOBS_PER_SECOND),
                      ratio(subject, python, Figure.JOBS_PER_SECOND)));
            });
    return table;
  }

  private TextTable backlog() {
    TextTable table = new TextTable(BACKLOG);
    Subject little = BacklogMeasurement.subject(BacklogMeasurement.SHORT);
    subjects(BacklogMeasurement.SECTION)
        .forEach(
            subject ->
                table.add(
                    List.of(
                        subject.worker() + ", " + subject.scenario(),
                        spread(subject, Figure.JOBS_PER_SECOND),
                        ratio(subject, little, Figure.JOBS_PER_SECOND),
                        spread(subject, Figure.SERVER_MICROSECONDS_PER_JOB),
                        ratio(subject, little, Figure.SERVER_MICROSECONDS_PER_JOB),
                        Numbers.text(
                            results.median(subject, Figure.WORKER_MICROSECONDS_PER_JOB)))));
    return table;
  }

  private String ratio(Subject subject, Subject to, Figure figure) {
    return Numbers.ratio(results.median(subject, figure), results.median(to, figure));
  }

  private Stream<Subject> subjects(String section) {
    return results.subjects().stream().filter(subject -> subject.section().equals(section));
  }

  private String spread(Subject subject, Figure figure) {
    return Numbers.spread(results.spread(subject, figure));
  }

  /** Of the last run, which counts those before it, too. */
  private OptionalDouble last(Subject subject, Figure figure) {
    return results
        .spread(subject, figure)
        .map(spread -> OptionalDouble.of(spread.runs().get(spread.runs().size() - 1)))
        .orElse(OptionalDouble.empty());
  }

  private TextTable speed(String scenario) {
    TextTable table = new TextTable(SPEED);
    OptionalDouble floor = results.best(FloorMeasurement.SECTION, scenario, Figure.JOBS_PER_SECOND);
    for (Subject subject : results.subjects(DrainMeasurement.SECTION, scenario)) {
      OptionalDouble speed = results.median(subject, Figure.JOBS_PER_SECOND);
      table.add(
          List.of(
              subject.worker(),
              spread(subject, Figure.JOBS_PER_SECOND),
              Numbers.ratio(speed, speed(scenario, Contestant.RQ_WORKER)),
              Numbers.ratio(speed, speed(scenario, Contestant.RQ_SIMPLE_WORKER)),
              Numbers.ratio(speed, speed(scenario, Contestant.RQ_POOL)),
              Numbers.percent(speed, floor),
              Numbers.text(results.median(subject, Figure.JOBS_IN_FIRST_SECOND))));
    }
    return table;
  }

  private OptionalDouble speed(String scenario, Contestant contestant) {
    return results.median(
        new Subject(DrainMeasurement.SECTION, scenario, contestant.label()),
        Figure.JOBS_PER_SECOND);
  }

  private TextTable cost(String scenario) {
    TextTable table = new TextTable(COST);
    Stream.of(DrainMeasurement.SECTION, FloorMeasurement.SECTION)
        .flatMap(section -> results.subjects(section, scenario).stream())
        .forEach(subject -> table.add(cost(subject)));
    return table;
  }

  private List<String> cost(Subject subject) {
    boolean floor = subject.section().equals(FloorMeasurement.SECTION);
    return Stream.concat(
            Stream.of(floor ? "floor: " + subject.worker() : subject.worker()),
            Stream.of(
                    Figure.COMMANDS_PER_JOB,
                    Figure.ROUND_TRIPS_PER_JOB,
                    Figure.CONNECTIONS_PER_JOB,
                    Figure.BYTES_SENT_PER_JOB,
                    Figure.BYTES_RECEIVED_PER_JOB,
                    Figure.SERVER_MICROSECONDS_PER_JOB,
                    Figure.WORKER_MICROSECONDS_PER_JOB,
                    Figure.PEAK_MEGABYTES)
                .map(figure -> Numbers.text(results.median(subject, figure))))
        .toList();
  }
}
