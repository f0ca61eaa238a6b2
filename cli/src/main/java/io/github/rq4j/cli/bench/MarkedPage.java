package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.console.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A page of Markdown of which the part between two marks is written by a program. */
final class MarkedPage {
  static final String BEGIN = "<!-- written by rq4j bench: begin -->";
  static final String END = "<!-- written by rq4j bench: end -->";

  private final Path file;

  MarkedPage(Path file) {
    this.file = file;
  }

  /**
   * Checks that there is something to write to.
   *
   * @throws CommandFailure if there is a file without the marks
   */
  void check() throws IOException {
    if (Files.exists(file)) {
      replaced(Files.readString(file), List.of());
    }
  }

  /** Puts lines between the marks; makes a page of them alone where there is no file. */
  void write(List<String> lines) throws IOException {
    String before = Files.exists(file) ? Files.readString(file) : BEGIN + "\n" + END + "\n";
    Files.writeString(file, replaced(before, lines));
  }

  private String replaced(String page, List<String> lines) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw CommandFailure.misuse(
          "--markdown: " + file + " has no line '" + BEGIN + "' with '" + END + "' after it");
    }
    return page.substring(0, begin + BEGIN.length())
        + "\n\n"
        + String.join("\n", lines)
        + "\n\n"
        + page.substring(end);
  }
}
