package io.github.rq4j.worker.cost;

import io.github.rq4j.testservers.PythonFixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The recorded costs: a table of text, and the same in the documentation. */
final class CostTable {
  private static final String BEGIN = "<!-- costs -->\n";
  private static final String END = "<!-- end of costs -->\n";

  private CostTable() {}

  private static Path file() {
    return PythonFixtures.directory()
        .resolveSibling("worker/src/test/resources/io/github/rq4j/worker/cost/costs.tsv");
  }

  private static Path page() {
    return PythonFixtures.directory().resolveSibling("docs/redis-work.md");
  }

  /** What is recorded, by the texts of the scenarios. */
  static Map<String, Cost> recorded() throws IOException {
    Map<String, Cost> costs = new LinkedHashMap<>();
    if (Files.exists(file())) {
      for (String line : Files.readAllLines(file())) {
        List<String> cells = Arrays.asList(line.split("\t", -1));
        if (!line.startsWith("#")) {
          costs.put(cells.get(0), Cost.parse(cells.subList(1, cells.size())));
        }
      }
    }
    return costs;
  }

  static synchronized void record(CostScenario scenario, Cost cost) throws IOException {
    Map<String, Cost> before = recorded();
    before.put(scenario.text(), cost);
    Map<String, Cost> costs = new LinkedHashMap<>();
    for (CostScenario each : CostScenario.all()) {
      Cost known = before.get(each.text());
      if (known != null) {
        costs.put(each.text(), known);
      }
    }
    String lines =
        costs.entrySet().stream()
            .map(row -> row.getKey() + "\t" + String.join("\t", row.getValue().texts()) + "\n")
            .collect(Collectors.joining());
    Files.writeString(file(), "# \t" + String.join("\t", Cost.FIGURES) + "\n" + lines);
    Files.writeString(page(), onPage(Files.readString(page()), costs));
  }

  static String pageText() throws IOException {
    return Files.readString(page());
  }

  /** The page with these costs. */
  static String onPage(String page, Map<String, Cost> costs) {
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    StringBuilder table = new StringBuilder();
    table.append("| | ").append(String.join(" | ", Cost.FIGURES)).append(" |\n");
    table.append("|---|---|---|---|---|\n");
    costs.forEach(
        (scenario, cost) ->
            table
                .append("| ")
                .append(scenario)
                .append(" | ")
                .append(String.join(" | ", cost.texts()))
                .append(" |\n"));
    return page.substring(0, begin) + table + page.substring(end);
  }
}
