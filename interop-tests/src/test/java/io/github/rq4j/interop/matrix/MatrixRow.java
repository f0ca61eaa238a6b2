package io.github.rq4j.interop.matrix;

import io.github.rq4j.testservers.RqCell;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What came of all scenarios of one direction in a cell.
 *
 * @param rq RQ's version
 * @param python the series of Python
 * @param redisPy the version of redis-py
 * @param direction who enqueued
 * @param date the day of the run, as 2026-11-22
 * @param redis the server and its version, as Redis 7.0.15
 * @param outcomes what came of each scenario: {@link #PASSED}, {@link #SINCE} and the release that
 *     has it, or {@link #FAILED} and the name of the test
 */
record MatrixRow(
    String rq,
    String python,
    String redisPy,
    Direction direction,
    String date,
    String redis,
    Map<Scenario, String> outcomes) {

  static final String PASSED = "ok";
  static final String SINCE = "since ";
  static final String FAILED = "failed: ";

  private static final List<String> COLUMNS =
      List.of("RQ", "Python", "redis-py", "direction", "date", "Redis");
  private static final String TAB = "\t";

  MatrixRow {
    outcomes = Collections.unmodifiableMap(new EnumMap<>(outcomes));
  }

  /** The first line of a table of rows. */
  static String header() {
    List<String> cells = new ArrayList<>(COLUMNS);
    for (Scenario scenario : Scenario.values()) {
      cells.add(scenario.text());
    }
    return String.join(TAB, cells);
  }

  /** Reads a line below a header, which may lack scenarios that have come since. */
  static MatrixRow parse(String header, String line) {
    List<String> columns = List.of(header.split(TAB, -1));
    String[] cells = line.split(TAB, -1);
    Map<Scenario, String> outcomes = new EnumMap<>(Scenario.class);
    for (Scenario scenario : Scenario.values()) {
      int column = columns.indexOf(scenario.text());
      if (column >= 0 && !cells[column].isEmpty()) {
        outcomes.put(scenario, cells[column]);
      }
    }
    return new MatrixRow(
        cells[0], cells[1], cells[2], Direction.valueOf(cells[3]), cells[4], cells[5], outcomes);
  }

  String line() {
    List<String> cells =
        new ArrayList<>(List.of(rq, python, redisPy, direction.name(), date, redis));
    for (Scenario scenario : Scenario.values()) {
      cells.add(outcomes.getOrDefault(scenario, ""));
    }
    return String.join(TAB, cells);
  }

  /** Whether it is of the cell. */
  boolean isFor(RqCell cell) {
    return rq.equals(cell.rq()) && python.equals(cell.python());
  }

  long passed() {
    return count(PASSED);
  }

  long failed() {
    return count(FAILED);
  }

  long notApplicable() {
    return count(SINCE);
  }

  private long count(String prefix) {
    return outcomes.values().stream().filter(outcome -> outcome.startsWith(prefix)).count();
  }
}
