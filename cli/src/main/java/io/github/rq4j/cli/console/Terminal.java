package io.github.rq4j.cli.console;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What standard output leads to. Immutable.
 *
 * @param isAttached whether it is a terminal, which understands colours
 * @param columns its width; 80 where there is none
 */
public record Terminal(boolean isAttached, int columns) {
  /** A file, a pipe, or another program's memory. */
  public static final Terminal NONE = new Terminal(false, 80);

  /** How the launcher script tells that there is a terminal, and how wide it is. */
  private static final String PROPERTY = "rq4j.terminal";

  /** The one of this process; {@code COLUMNS} in the environment decides on its width. */
  static Terminal ofThisProcess(Map<String, String> environment) {
    String told = System.getProperty(PROPERTY);
    int columns = number(environment.get("COLUMNS"), number(told, NONE.columns));
    return new Terminal(told != null, columns);
  }

  private static int number(@Nullable String text, int otherwise) {
    try {
      int number = text == null ? 0 : Integer.parseInt(text.strip());
      return number > 0 ? number : otherwise;
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /** The text in green where there is a terminal. */
  public String green(String text) {
    return coloured(32, text);
  }

  /** The text in red where there is a terminal. */
  public String red(String text) {
    return coloured(31, text);
  }

  /** The text in yellow where there is a terminal. */
  public String yellow(String text) {
    return coloured(33, text);
  }

  /** The text in blue where there is a terminal. */
  public String blue(String text) {
    return coloured(34, text);
  }

  private String coloured(int colour, String text) {
    return isAttached ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
  }

  /** What clears a terminal and goes to its first line; empty where there is none. */
  public String cleared() {
    return isAttached ? "\u001b[2J\u001b[1;1H" : "";
  }
}
