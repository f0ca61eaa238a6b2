package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.bench.Measurement.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The results as readers of the documentation see them: a chart, and a section of Markdown. */
final class Publication {
  private static final String NOOP = Scenario.NOOP.label();

  private final Results results;
  private final Map<String, String> machine;

  Publication(Results results, Map<String, String> machine) {
    this.results = results;
    this.machine = machine;
  }

  /** Jobs per second of all workers that drained no-op jobs. */
  BarChart chart() {
    List<BarChart.Bar> bars = new ArrayList<>();
    for (Subject subject : results.subjects(DrainMeasurement.SECTION, NOOP)) {
      results
          .spread(subject, Figure.JOBS_PER_SECOND)
          .ifPresent(
              spread ->
                  bars.add(
                      new BarChart.Bar(
                          subject.worker(),
                          spread.median(),
                          Numbers.text(spread.median()),
                          subject.worker().startsWith("rq4j"))));
    }
    OptionalDouble floor = results.best(FloorMeasurement.SECTION, NOOP, Figure.JOBS_PER_SECOND);
    String note =
        "RQ "
            + machine.get("rq")
            + ", Python "
            + machine.get("python")
            + ", "
            + machine.get("processors")
            + " processors, logarithmic; dashed: what the server could do";
    return new BarChart("No-op jobs per second", note, bars, floor, "floor");
  }

  /**
   * The lines of the section.
   *
   * @param image the chart's file as the page names it; empty for none
   */
  List<String> markdown(String image) {
    List<String> lines = new ArrayList<>();
    lines.add("### Machine");
    lines.add("");
    TextTable description = new TextTable(List.of("what", "which"));
    machine.forEach((name, value) -> description.add(List.of(name.replace('_', ' '), value)));
    lines.addAll(description.markdown());
    lines.add("");
    lines.add("### Targets");
    lines.add("");
    lines.addAll(Targets.table(results).markdown());
    if (!image.isEmpty()) {
      lines.add("");
      lines.add("![No-op jobs per second](" + image + ")");
    }
    new ResultTables(results)
        .all()
        .forEach(
            (title, table) -> {
              lines.add("");
              lines.add("### " + title);
              lines.add("");
              lines.addAll(table.markdown());
            });
    return lines;
  }
}
