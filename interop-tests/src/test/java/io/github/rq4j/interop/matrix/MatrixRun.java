package io.github.rq4j.interop.matrix;

import io.github.rq4j.testservers.RqCell;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects what came of the tests, and writes it down. Safe for use by many threads. */
final class MatrixRun {
  private static final Pattern VERSION = Pattern.compile("\\b(redis|valkey)_version:(\\S+)");

  private record Key(Place place, Direction direction) {}

  /** What was tried in one place, and the server there. */
  private record Tried(String redis, Map<Scenario, String> outcomes) {}

  private final Map<Key, Tried> tried = new LinkedHashMap<>();

  /**
   * Takes a result; after the last one of a place all are written, lest a run cut short lose them.
   */
  synchronized void add(InCell test, Scenario scenario, String outcome) throws IOException {
    // Of two tests of a scenario the failure counts.
    tried
        .computeIfAbsent(
            new Key(test.place, test.direction()),
            added -> new Tried(server(test), new EnumMap<>(Scenario.class)))
        .outcomes()
        .merge(scenario, outcome, (a, b) -> a.startsWith(MatrixRow.FAILED) ? a : b);
    if (scenario == Scenario.READABLE) {
      boolean record = Boolean.getBoolean("rq4j.matrix.record");
      MatrixResults.write(rows(false), rows(true), record);
    }
  }

  /** Its name and version. Valkey also tells the version of Redis that it stands for. */
  private static String server(InCell test) {
    Matcher found = VERSION.matcher(String.valueOf(test.redis.command("INFO", "server")));
    String server = "";
    while (found.find() && !server.startsWith("Valkey")) {
      server = (found.group(1).equals("redis") ? "Redis " : "Valkey ") + found.group(2);
    }
    return server;
  }

  private List<MatrixRow> rows(boolean onServers) {
    String date = LocalDate.now(Clock.systemUTC()).toString();
    List<MatrixRow> rows = new ArrayList<>();
    tried.forEach(
        (key, found) -> {
          boolean complete = found.outcomes().containsKey(Scenario.READABLE);
          if (complete && (key.place().server() != null) == onServers) {
            RqCell cell = key.place().cell().rq();
            rows.add(
                new MatrixRow(
                    cell.rq(),
                    cell.python(),
                    pin(cell, "redis"),
                    key.direction(),
                    date,
                    found.redis(),
                    found.outcomes()));
          }
        });
    return rows;
  }

  private static String pin(RqCell cell, String distribution) {
    return cell.requirements().stream()
        .filter(requirement -> requirement.startsWith(distribution + "=="))
        .map(requirement -> requirement.substring(distribution.length() + 2))
        .findFirst()
        .orElse("");
  }
}
