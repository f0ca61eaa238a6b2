package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.bench.Measurement.Subject;
import io.github.rq4j.codec.json.JsonSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All results as one JSON document. */
final class ResultJson {
  private final Results results;
  private final Map<String, String> machine;

  ResultJson(Results results, Map<String, String> machine) {
    this.results = results;
    this.machine = machine;
  }

  void write(Path file) throws IOException {
    Files.write(file, JsonSerializer.defaults().serialize(document()));
  }

  /** The document as maps and lists. */
  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("machine", machine);
    List<Map<String, Object>> all = new ArrayList<>();
    results.subjects().forEach(subject -> all.add(entry(subject)));
    document.put("results", all);
    return document;
  }

  private Map<String, Object> entry(Subject subject) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("section", subject.section());
    entry.put("scenario", subject.scenario());
    entry.put("worker", subject.worker());
    for (Figure figure : Figure.values()) {
      results.spread(subject, figure).ifPresent(spread -> entry.put(figure.key(), numbers(spread)));
    }
    Map<String, Object> commands = commands(subject);
    if (!commands.isEmpty()) {
      entry.put("commands_of_last_run", commands);
    }
    return entry;
  }

  private static Map<String, Object> numbers(Spread spread) {
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("median", spread.median());
    numbers.put("min", spread.min());
    numbers.put("max", spread.max());
    numbers.put("runs", spread.runs());
    return numbers;
  }

  private Map<String, Object> commands(Subject subject) {
    List<Measurement> runs = results.runs(subject);
    Map<String, Object> commands = new LinkedHashMap<>();
    runs.get(runs.size() - 1).commands().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            command ->
                commands.put(
                    command.getKey(),
                    Map.of(
                        "calls_per_job", command.getValue().calls(),
                        "microseconds_per_job", command.getValue().microseconds())));
    return commands;
  }
}
