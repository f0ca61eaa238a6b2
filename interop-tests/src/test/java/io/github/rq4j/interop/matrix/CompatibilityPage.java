package io.github.rq4j.interop.matrix;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells in Markdown what came of the matrix. */
final class CompatibilityPage {
  static final String BEGIN = "<!-- matrix:begin -->";
  static final String END = "<!-- matrix:end -->";

  private static final String INTRODUCTION =
      """
      # Compatibility

      Each release below was run for real, on its oldest and its newest Python, in both directions: \
      unmodified
      Python RQ on one side, Java on the other. This page is written by the run (`mvn verify \
      -Pmatrix
      -Drq4j.matrix.record=true`, see [testing](testing.md#the-matrix)); a test fails where page and \
      last run disagree.

      """;
  private static final String SERVERS =
      """

      ## Redis servers

      The same scenarios with the newest RQ, each server started from a program inside a package; \
      containers of images
      can be taken instead: see [testing](testing.md#other-servers).

      | server | RQ | Python | redis-py | Python to Java | Java to Python |
      |---|---|---|---|---|---|
      """;
  private static final String DIALECT =
      """

      ## What to set for old releases

      | RQ on the other side | worker | client |
      |---|---|---|
      | 1.0 and later, Python 3.8 and later | nothing | nothing |
      | 1.0 and later, older Python | nothing | a `PickleSerializer` with protocol 4 for Python 3.4 \
      to 3.7, 2 for Python 2 |
      | 0.10 to 0.13 | `dialect(Dialect.BEFORE_1_0)` | the same |
      | before 0.10 | nothing: its jobs are known by their data | the same |

      A worker writes the result of a job in the pickle protocol in which the job came, so that \
      whoever enqueued it
      can read it. With `Dialect.BEFORE_1_0`, and in the answers to jobs of RQ before 0.10, moments \
      have no fraction,
      tracebacks are not compressed, and failed jobs go into the queue `failed` instead of a \
      registry: there RQ
      before 1.0 looks for them; so do those that maintenance declares abandoned. `Job.requeue` finds \
      them in both.
      """;

  private CompatibilityPage() {}

  static String markdown(List<MatrixRow> rows, List<MatrixRow> servers) {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    page.append(summary(rows, servers)).append("\n## Releases and Pythons\n\n");
    page.append(
        "| RQ | Python | redis-py | Python to Java | Java to Python |\n|---|---|---|---|---|\n");
    appendCounts(page, rows, row -> String.join(" | ", row.rq(), row.python(), row.redisPy()));
    page.append(SERVERS);
    appendCounts(
        page,
        servers,
        row -> String.join(" | ", row.redis(), row.rq(), row.python(), row.redisPy()));
    for (Direction direction : Direction.values()) {
      page.append("\n## ").append(direction.text()).append("\n\n");
      appendScenarios(page, rows.stream().filter(row -> row.direction() == direction).toList());
    }
    page.append(
        """

        A number says on how many of the Pythons it passed; "n/a" is what the release does not have \
        yet.
        """);
    appendFailures(page, Stream.concat(rows.stream(), servers.stream()).toList());
    return page.append(DIALECT).toString();
  }

  /** One paragraph for people in a hurry. */
  static String summary(List<MatrixRow> rows, List<MatrixRow> servers) {
    Set<String> releases = new LinkedHashSet<>();
    Set<String> pythons = new LinkedHashSet<>();
    rows.forEach(row -> releases.add(row.rq()));
    rows.forEach(row -> pythons.add(row.rq() + " " + row.python()));
    long passed = rows.stream().mapToLong(MatrixRow::passed).sum();
    long failed = rows.stream().mapToLong(MatrixRow::failed).sum();
    long without = rows.stream().mapToLong(MatrixRow::notApplicable).sum();
    return String.format(
            Locale.ROOT,
            """
        %d releases of RQ, %s to %s, in %d cells of release and Python, both directions: %,d
        scenarios passed, %d failed, %,d do not apply to the release. %s, %s.
        """,
            releases.size(),
            rows.get(rows.size() - 1).rq(),
            rows.get(0).rq(),
            pythons.size(),
            passed,
            failed,
            without,
            distinct(rows, MatrixRow::redis),
            distinct(rows, MatrixRow::date))
        + summaryOfServers(servers);
  }

  private static String summaryOfServers(List<MatrixRow> servers) {
    if (servers.isEmpty()) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        """
        The same with RQ %s on %s:
        %,d passed, %d failed, %s.
        """,
        distinct(servers, MatrixRow::rq),
        distinct(servers, MatrixRow::redis),
        servers.stream().mapToLong(MatrixRow::passed).sum(),
        servers.stream().mapToLong(MatrixRow::failed).sum(),
        distinct(servers, MatrixRow::date));
  }

  private static String distinct(List<MatrixRow> rows, Function<MatrixRow, String> property) {
    return rows.stream().map(property).distinct().sorted().collect(Collectors.joining(", "));
  }

  /** The README with the summary between its marks. */
  static String inReadme(String readme, List<MatrixRow> rows, List<MatrixRow> servers) {
    int begin = readme.indexOf(BEGIN);
    int end = readme.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalStateException("README.md lacks " + BEGIN + " and " + END);
    }
    return readme.substring(0, begin + BEGIN.length())
        + "\n"
        + summary(rows, servers)
        + readme.substring(end);
  }

  /** A line for each that has a name of its own, with the counts of both directions. */
  private static void appendCounts(
      StringBuilder page, List<MatrixRow> rows, Function<MatrixRow, String> naming) {
    Map<String, StringBuilder> lines = new LinkedHashMap<>();
    for (MatrixRow row : rows) {
      lines
          .computeIfAbsent(naming.apply(row), key -> new StringBuilder())
          .append(counts(row))
          .append(" | ");
    }
    lines.forEach(
        (name, counts) ->
            page.append("| ")
                .append(name)
                .append(" | ")
                .append(counts.toString().strip())
                .append("\n"));
  }

  private static String counts(MatrixRow row) {
    return row.passed()
        + " of "
        + (row.passed() + row.failed())
        + (row.failed() == 0 ? "" : ", **" + row.failed() + " failed**");
  }

  private static void appendScenarios(StringBuilder page, List<MatrixRow> rows) {
    Map<String, List<MatrixRow>> releases =
        rows.stream()
            .collect(Collectors.groupingBy(MatrixRow::rq, LinkedHashMap::new, Collectors.toList()));
    page.append("| | ").append(String.join(" | ", releases.keySet())).append(" |\n|---|");
    releases.keySet().forEach(release -> page.append("---|"));
    page.append("\n");
    for (Scenario scenario : Scenario.values()) {
      page.append("| ").append(scenario.text()).append(" |");
      releases
          .values()
          .forEach(cells -> page.append(" ").append(mark(cells, scenario)).append(" |"));
      page.append("\n");
    }
  }

  private static String mark(List<MatrixRow> cells, Scenario scenario) {
    List<String> outcomes =
        cells.stream().map(cell -> cell.outcomes().getOrDefault(scenario, "")).toList();
    long passed = outcomes.stream().filter(MatrixRow.PASSED::equals).count();
    if (outcomes.stream().anyMatch(outcome -> outcome.startsWith(MatrixRow.FAILED))) {
      return "**" + passed + "/" + cells.size() + "**";
    }
    return passed == 0 ? "n/a: since " + scenario.since() : Long.toString(passed);
  }

  private static void appendFailures(StringBuilder page, List<MatrixRow> rows) {
    Set<String> failures = new TreeSet<>();
    for (MatrixRow row : rows) {
      row.outcomes()
          .forEach(
              (scenario, outcome) -> {
                if (outcome.startsWith(MatrixRow.FAILED)) {
                  failures.add(
                      String.format(
                          Locale.ROOT,
                          "| %s | %s | %s | %s | %s | `%s` |\n",
                          row.redis(),
                          row.rq(),
                          row.python(),
                          row.direction().text(),
                          scenario.text(),
                          outcome.substring(MatrixRow.FAILED.length())));
                }
              });
    }
    if (!failures.isEmpty()) {
      page.append(
          "\n## Failures\n\n| server | RQ | Python | direction | scenario | test |\n|---|---|---|---|---|---|\n");
      failures.forEach(page::append);
    }
  }
}
