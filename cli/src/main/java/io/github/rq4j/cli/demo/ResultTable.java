package io.github.rq4j.cli.demo;

import java.util.ArrayList;
import java.util.List;

/** What was sent, what came back, what was expected. */
final class ResultTable {
  private static final int[] WIDTHS = {30, 36, 36, 3};
  private static final List<String> TITLES = List.of("sent", "came back", "expected", "ok");

  private final List<Row> rows = new ArrayList<>();

  private record Row(String sent, String cameBack, String expected) {
    boolean asExpected() {
      return cameBack.equals(expected);
    }

    List<String> cells() {
      return List.of(sent, cameBack, expected, asExpected() ? "yes" : "NO");
    }
  }

  void add(String sent, String cameBack, String expected) {
    rows.add(new Row(sent, cameBack, expected));
  }

  /** Whether there is something in the table, and all of it is as expected. */
  boolean allAsExpected() {
    return !rows.isEmpty() && rows.stream().allMatch(Row::asExpected);
  }

  void print(Narrator narrator) {
    print(narrator, TITLES);
    for (Row row : rows) {
      narrator.say(rule());
      print(narrator, row.cells());
    }
    narrator.line("");
    long good = rows.stream().filter(Row::asExpected).count();
    narrator.say(good + " of " + rows.size() + " jobs ended as expected.");
  }

  private static String rule() {
    StringBuilder rule = new StringBuilder();
    for (int width : WIDTHS) {
      rule.append(rule.length() == 0 ? "" : "-+-").append("-".repeat(width));
    }
    return rule.toString();
  }

  private static void print(Narrator narrator, List<String> cells) {
    List<List<String>> columns = new ArrayList<>();
    int height = 0;
    for (int i = 0; i < WIDTHS.length; i++) {
      List<String> lines = wrapped(cells.get(i), WIDTHS[i]);
      columns.add(lines);
      height = Math.max(height, lines.size());
    }
    for (int line = 0; line < height; line++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < WIDTHS.length; i++) {
        String part = line < columns.get(i).size() ? columns.get(i).get(line) : "";
        text.append(i == 0 ? "" : " | ").append(part).append(" ".repeat(WIDTHS[i] - part.length()));
      }
      narrator.say(text.toString().stripTrailing());
    }
  }

  /** Breaks a text after a blank where there is one in the second half of a line, else anywhere. */
  private static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > width) {
      int blank = rest.lastIndexOf(' ', width);
      int end = blank > width / 2 ? blank : width;
      lines.add(rest.substring(0, end));
      rest = rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }
}
