package io.github.rq4j.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Bars on a logarithmic scale as an SVG image: what is a hundred times as much is seen beside what
 * it is compared with. Immutable.
 *
 * @param title what is shown
 * @param note a line below it
 * @param bars from top to bottom
 * @param line a value that all bars are compared with; empty for none
 * @param lineName its name
 */
record BarChart(String title, String note, List<Bar> bars, OptionalDouble line, String lineName) {
  private static final int WIDTH = 860;
  private static final int LEFT = 190;
  private static final int RIGHT = 150;
  private static final int TOP = 64;
  private static final int ROW = 26;
  private static final int BAR = 18;
  private static final int BOTTOM = 40;
  private static final String HALO =
      " paint-order=\"stroke\" stroke=\"#ffffff\" stroke-width=\"4\"";

  /**
   * One bar.
   *
   * @param label its name
   * @param value its length, above 0
   * @param text what is written at its end
   * @param own whether it is one of those that are compared with the others
   */
  record Bar(String label, double value, String text, boolean own) {}

  BarChart {
    bars = List.copyOf(bars);
  }

  /** The image. */
  String svg() {
    int height = TOP + bars.size() * ROW + BOTTOM;
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">",
            WIDTH, height, WIDTH, height));
    lines.add("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
    lines.add(text(16, 26, "start", "#111111", title, " font-size=\"17\" font-weight=\"bold\""));
    lines.add(text(16, 46, "start", "#555555", note, ""));
    grid(lines, height);
    line.ifPresent(value -> mark(lines, value, height));
    for (int i = 0; i < bars.size(); i++) {
      bar(lines, bars.get(i), TOP + i * ROW);
    }
    lines.add("</svg>");
    return String.join("\n", lines) + "\n";
  }

  private void grid(List<String> lines, int height) {
    for (double value = lowest(); value <= highest(); value *= 10) {
      long x = x(value);
      lines.add(vertical(x, height, "#dddddd", ""));
      lines.add(text(x, height - 14, "middle", "#555555", format("%,.0f", value), ""));
    }
  }

  private void bar(List<String> lines, Bar bar, int y) {
    long x = x(bar.value());
    lines.add(text(LEFT - 8, y + 14, "end", "#111111", bar.label(), ""));
    lines.add(
        format(
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>",
            LEFT, y, x - LEFT, BAR, bar.own() ? "#2b6cb0" : "#a0aec0"));
    lines.add(text(x + 6, y + 14, "start", "#111111", bar.text(), HALO));
  }

  private void mark(List<String> lines, double value, int height) {
    lines.add(vertical(x(value), height, "#c53030", " stroke-dasharray=\"5 4\""));
    lines.add(text(x(value), TOP - 6, "middle", "#c53030", lineName, ""));
  }

  private static String vertical(long x, int height, String colour, String more) {
    return format(
        "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\"%s/>",
        x, TOP - 2, x, height - BOTTOM + 8, colour, more);
  }

  private static String text(
      long x, int y, String anchor, String colour, String content, String more) {
    String escaped = content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return format(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\"%s>%s</text>",
        x, y, anchor, colour, more, escaped);
  }

  private static String format(String form, Object... arguments) {
    return String.format(Locale.ROOT, form, arguments);
  }

  private long x(double value) {
    double part = Math.log10(value / lowest()) / Math.log10(highest() / lowest());
    return LEFT + Math.round(part * (WIDTH - LEFT - RIGHT));
  }

  /** A power of ten below all values. */
  private double lowest() {
    double least = values().min().orElse(1);
    return Math.pow(10, Math.ceil(Math.log10(least)) - 1);
  }

  /** A power of ten above the lowest that no value exceeds. */
  private double highest() {
    double greatest = values().max().orElse(10);
    return Math.max(10 * lowest(), Math.pow(10, Math.ceil(Math.log10(greatest))));
  }

  private DoubleStream values() {
    return DoubleStream.concat(bars.stream().mapToDouble(Bar::value), line.stream());
  }
}
