package io.github.rq4j.interop.matrix;

import java.util.List;
import java.util.stream.Stream;

/** The same as one page of HTML that needs nothing else: a row for each cell and direction. */
final class CompatibilityHtml {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <title>rq4j: compatibility</title>
      <style>
        body { font: 14px sans-serif; margin: 2em; }
        table { border-collapse: collapse; }
        th, td { border: 1px solid #ccc; padding: 2px 6px; text-align: center; }
        th.scenario { writing-mode: vertical-rl; transform: rotate(180deg); font-weight: normal; }
        .passed { background: #cfc; }
        .failed { background: #f99; font-weight: bold; }
        .since { color: #888; }
      </style>
      <h1>rq4j: compatibility</h1>
      """;

  private CompatibilityHtml() {}

  static String page(List<MatrixRow> rows, List<MatrixRow> servers) {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("<p>").append(rows.isEmpty() ? "" : CompatibilityPage.summary(rows, servers));
    page.append("</p>\n<table>\n<tr><th>server<th>RQ<th>Python<th>redis-py<th>direction");
    for (Scenario scenario : Scenario.values()) {
      page.append("<th class=\"scenario\">").append(scenario.text());
    }
    page.append("\n");
    List<MatrixRow> all = Stream.concat(rows.stream(), servers.stream()).toList();
    for (MatrixRow row : all) {
      page.append("<tr><td>").append(row.redis());
      page.append("<td>").append(row.rq());
      page.append("<td>").append(row.python());
      page.append("<td>").append(row.redisPy());
      page.append("<td>").append(row.direction().text());
      for (Scenario scenario : Scenario.values()) {
        appendOutcome(page, row.outcomes().getOrDefault(scenario, ""));
      }
      page.append("\n");
    }
    return page.append("</table>\n</html>\n").toString();
  }

  private static void appendOutcome(StringBuilder page, String outcome) {
    if (outcome.equals(MatrixRow.PASSED)) {
      page.append("<td class=\"passed\">ok");
    } else if (outcome.startsWith(MatrixRow.FAILED)) {
      page.append("<td class=\"failed\" title=\"").append(outcome).append("\">failed");
    } else {
      page.append("<td class=\"since\">").append(outcome);
    }
  }
}
