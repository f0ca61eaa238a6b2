package io.github.rq4j.cli.steer;

import io.github.rq4j.cli.console.Console;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How far something is, drawn again in place whenever it looks different; an empty line where there
 * is no terminal, as {@code rq} prints.
 */
final class ProgressBar {
  private static final int WIDTH = 36;

  private final Console console;
  private final int total;
  private final LongSupplier nanoTime;
  private final long start;
  private int done;
  private String shown = "";

  ProgressBar(Console console, int total, LongSupplier nanoTime) {
    this.console = console;
    this.total = total;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    draw();
  }

  /** One more is done. */
  void advance() {
    done++;
    draw();
  }

  /** Nothing more will be done. */
  void end() {
    console.out().println();
  }

  private void draw() {
    if (!console.terminal().isAttached()) {
      return;
    }
    String line = line();
    if (!line.equals(shown)) {
      String blanks = " ".repeat(Math.max(0, shown.length() - line.length()));
      console.out().print("\r" + line + blanks);
      console.out().flush();
      shown = line;
    }
  }

  private String line() {
    int filled = (int) ((long) WIDTH * done / total);
    String bar = "#".repeat(filled) + "-".repeat(WIDTH - filled);
    String percent = "%3d%%".formatted(100L * done / total);
    boolean isUnderWay = done > 0 && done < total;
    return "  [" + bar + "]  " + percent + (isUnderWay ? "  " + left() : "");
  }

  private String left() {
    long elapsed = nanoTime.getAsLong() - start;
    Duration left = Duration.ofNanos((long) ((double) elapsed / done * (total - done)));
    return "%02d:%02d:%02d".formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart());
  }
}
