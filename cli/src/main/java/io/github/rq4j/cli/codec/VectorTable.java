package io.github.rq4j.cli.codec;

import io.github.rq4j.codec.vectors.VectorReport;
import io.github.rq4j.codec.vectors.VectorReport.Failure;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints what became of each file as it comes, and the totals. */
final class VectorTable {
  private final PrintStream out;
  private final int maxFailures;
  private final List<String> ambiguous = new ArrayList<>();
  private int vectors;
  private int decoded;
  private int encoded;
  private int failures;

  VectorTable(PrintStream out, int maxFailures) {
    this.out = out;
    this.maxFailures = maxFailures;
    line("file", "vectors", "read", "written", "failed");
  }

  void add(String name, VectorReport report) {
    List<Failure> failed = report.failures();
    line(name, report.vectors(), report.decoded(), report.encoded(), failed.size());
    for (Failure failure : failed.subList(0, Math.min(maxFailures, failed.size()))) {
      out.println("  " + failure.id() + ": " + failure.problem());
    }
    if (failed.size() > maxFailures) {
      out.println("  and " + (failed.size() - maxFailures) + " more");
    }
    ambiguous.addAll(report.ambiguous());
    vectors += report.vectors();
    decoded += report.decoded();
    encoded += report.encoded();
    failures += failed.size();
  }

  /** Prints the totals; whether nothing failed. */
  boolean end() {
    line("total", vectors, decoded, encoded, failures);
    if (!ambiguous.isEmpty()) {
      out.println();
      out.println(
          ambiguous.size()
              + " of those read are not written as Python wrote them, which is known and no"
              + " failure:");
      out.println(
          "they hold a str of two surrogates, which Java's String cannot tell from the one"
              + " character that they are in UTF-16.");
      int shown = Math.min(maxFailures, ambiguous.size());
      ambiguous.subList(0, shown).forEach(id -> out.println("  " + id));
      if (shown < ambiguous.size()) {
        out.println("  and " + (ambiguous.size() - shown) + " more");
      }
    }
    return failures == 0;
  }

  private void line(Object... cells) {
    out.printf(Locale.ROOT, "%-24s %9s %9s %9s %9s%n", cells);
  }
}
