package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.bench.FinishedJobs.Moment;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What one run of one worker gave, filled as it goes on. One thread. */
final class DrainFigures {
  private static final double NANOS = 1e9;
  private static final double MICROS = 1e6;
  private static final double SELDOM = 0.01;

  private final Map<Figure, Double> figures = new EnumMap<>(Figure.class);
  private final Map<String, ServerFigures.Calls> commands = new TreeMap<>();
  private final long first;

  /**
   * Nothing but a beginning.
   *
   * @param startedAt when the worker was started
   * @param first when its first job was seen finished
   */
  DrainFigures(long startedAt, long first) {
    this.first = first;
    figures.put(Figure.FIRST_JOB_MILLISECONDS, (first - startedAt) / MICROS);
  }

  Map<Figure, Double> figures() {
    return figures;
  }

  Map<String, ServerFigures.Calls> commands() {
    return commands;
  }

  /** What was done about a second after the first job. */
  void cold(Moment moment) {
    double seconds = (moment.nanos() - first) / NANOS;
    if (seconds > 0.1) {
      figures.put(Figure.JOBS_IN_FIRST_SECOND, moment.finished() / seconds);
    }
  }

  /** What was done between two moments. */
  void window(Moment begin, Moment end) {
    double jobs = end.finished() - begin.finished();
    figures.put(Figure.JOBS_FINISHED, (double) end.finished());
    if (jobs <= 0) {
      return; // all was over before it was warm: a run that is too short for figures
    }
    figures.put(Figure.JOBS_PER_SECOND, jobs / (end.nanos() - begin.nanos()) * NANOS);
    ServerFigures then = begin.server();
    ServerFigures now = end.server();
    Map<String, Long> own = new TreeMap<>(end.ownCommands());
    begin.ownCommands().forEach((name, calls) -> own.merge(name, -calls, Long::sum));
    long ownCommands = own.values().stream().mapToLong(Long::longValue).sum();
    double ownReads = end.ownReads() - begin.ownReads();
    now.since(then, "total_commands_processed")
        .ifPresent(all -> figures.put(Figure.COMMANDS_PER_JOB, (all - ownCommands) / jobs));
    now.since(then, "total_reads_processed")
        .ifPresent(all -> figures.put(Figure.ROUND_TRIPS_PER_JOB, (all - ownReads) / jobs));
    now.since(then, "total_connections_received")
        .ifPresent(all -> figures.put(Figure.CONNECTIONS_PER_JOB, all / jobs));
    now.since(then, "total_net_input_bytes")
        .ifPresent(all -> figures.put(Figure.BYTES_SENT_PER_JOB, all / jobs));
    now.since(then, "total_net_output_bytes")
        .ifPresent(all -> figures.put(Figure.BYTES_RECEIVED_PER_JOB, all / jobs));
    figures.put(
        Figure.SERVER_MICROSECONDS_PER_JOB, (now.cpuSeconds() - then.cpuSeconds()) * MICROS / jobs);
    commands(now.commandsSince(then), own, jobs);
  }

  /** What was asked of the server, save for what was asked from here. */
  private void commands(Map<String, ServerFigures.Calls> all, Map<String, Long> own, double jobs) {
    double ofEachJob = 0;
    for (Map.Entry<String, ServerFigures.Calls> entry : all.entrySet()) {
      ServerFigures.Calls calls = entry.getValue();
      double others = calls.calls() - own.getOrDefault(entry.getKey(), 0L);
      if (others > 0) {
        double microseconds = calls.microseconds() * others / calls.calls();
        commands.put(entry.getKey(), new ServerFigures.Calls(others / jobs, microseconds / jobs));
        double rest = others % jobs;
        ofEachJob += (rest < jobs * SELDOM ? others - rest : others) / jobs;
      }
    }
    if (ofEachJob > 0) {
      figures.put(Figure.COMMANDS_OF_EACH_JOB, ofEachJob);
    }
  }

  /** What the worker took for so many jobs. */
  void worker(double cpuSeconds, long peakBytes, long jobs) {
    if (peakBytes > 0 && jobs > 0) {
      figures.put(Figure.WORKER_MICROSECONDS_PER_JOB, cpuSeconds * MICROS / jobs);
      figures.put(Figure.PEAK_MEGABYTES, peakBytes / 1e6);
    }
  }
}
