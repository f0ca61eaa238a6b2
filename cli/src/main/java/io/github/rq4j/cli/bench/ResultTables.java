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

  private final Results results;

  ResultTables(Results results) {
    this.results = results;
  }

  /** All tables that have rows, by their titles. */
  Map<String, TextTable> all() {
    Map<String, TextTable> tables = new LinkedHashMap<>();
    List<String> scenarios =
        results.subjects().stream()
            .filter(subject -> subject.section().equals(DrainMeasurement.SECTION))
            .map(Subject::scenario)
            .distinct()
            .toList();
    for (String scenario : scenarios) {
      tables.put("Drain: " + scenario, speed(scenario));
      tables.put("Per job: " + scenario, cost(scenario));
    }
    return tables;
  }

  private TextTable speed(String scenario) {
    TextTable table = new TextTable(SPEED);
    OptionalDouble floor = results.best(FloorMeasurement.SECTION, scenario, Figure.JOBS_PER_SECOND);
    for (Subject subject : results.subjects(DrainMeasurement.SECTION, scenario)) {
      OptionalDouble speed = results.median(subject, Figure.JOBS_PER_SECOND);
      table.add(
          List.of(
              subject.worker(),
              Numbers.spread(results.spread(subject, Figure.JOBS_PER_SECOND)),
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
