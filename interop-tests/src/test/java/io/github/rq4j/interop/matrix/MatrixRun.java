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

/** Collects what came of the tests, and writes it down. Safe for use by many threads. */
final class MatrixRun {
  private record Key(RqCell cell, Direction direction) {}

  private final Map<Key, Map<Scenario, String>> outcomes = new LinkedHashMap<>();
  private String redis = "";

  /**
   * Takes a result; after the last one of a cell all are written, lest a run cut short lose them.
   */
  synchronized void add(InCell test, Direction direction, Scenario scenario, String outcome)
      throws IOException {
    if (redis.isEmpty()) {
      redis =
          String.valueOf(test.redis().command("INFO", "server"))
              .replaceFirst("(?s).*redis_version:(\\S+).*", "$1");
    }
    Key key = new Key(test.cell().rq(), direction);
    // Of two tests of a scenario the failure counts.
    outcomes
        .computeIfAbsent(key, added -> new EnumMap<>(Scenario.class))
        .merge(scenario, outcome, (a, b) -> a.startsWith(MatrixRow.FAILED) ? a : b);
    if (scenario == Scenario.READABLE) {
      write();
    }
  }

  private void write() throws IOException {
    String date = LocalDate.now(Clock.systemUTC()).toString();
    List<MatrixRow> rows = new ArrayList<>();
    outcomes.forEach(
        (key, found) -> {
          if (found.containsKey(Scenario.READABLE)) {
            String redisPy = pin(key.cell(), "redis");
            rows.add(
                new MatrixRow(
                    key.cell().rq(),
                    key.cell().python(),
                    redisPy,
                    key.direction(),
                    date,
                    redis,
                    found));
          }
        });
    MatrixResults.write(rows, Boolean.getBoolean("rq4j.matrix.record"));
  }

  private static String pin(RqCell cell, String distribution) {
    return cell.requirements().stream()
        .filter(requirement -> requirement.startsWith(distribution + "=="))
        .map(requirement -> requirement.substring(distribution.length() + 2))
        .findFirst()
        .orElse("");
  }
}
