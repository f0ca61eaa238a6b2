package io.github.rq4j.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of cells, printed for a console or as Markdown. One thread. */
final class TextTable {
  private final List<String> titles;
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(List<String> titles) {
    this.titles = List.copyOf(titles);
  }

  /** Adds a row of as many cells as there are titles. */
  void add(List<String> cells) {
    if (cells.size() != titles.size()) {
      throw new IllegalArgumentException("a row of " + cells.size() + " cells");
    }
    rows.add(List.copyOf(cells));
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Lines for a console: the first column to the left, the others to the right. */
  List<String> plain() {
    int[] widths =
        IntStream.range(0, titles.size())
            .map(
                column ->
                    Math.max(
                        titles.get(column).length(),
                        rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0)))
            .toArray();
    List<String> lines = new ArrayList<>();
    lines.add(aligned(titles, widths));
    rows.forEach(row -> lines.add(aligned(row, widths)));
    return lines;
  }

  private static String aligned(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String pad = " ".repeat(widths[i] - cells.get(i).length());
      line.append(i == 0 ? cells.get(i) + pad : "  " + pad + cells.get(i));
    }
    return line.toString().stripTrailing();
  }

  /** Lines of Markdown. */
  List<String> markdown() {
    List<String> lines = new ArrayList<>();
    lines.add("| " + String.join(" | ", titles) + " |");
    lines.add("|---|" + "---:|".repeat(titles.size() - 1));
    rows.forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
    return lines;
  }
}
