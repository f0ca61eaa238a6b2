package io.github.rq4j.interop.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation, taken apart as far as the checks need. Immutable. */
final class MarkdownPage {
  private static final Pattern FENCE = Pattern.compile("^\\s*(```+|~~~+)\\s*(\\S*).*$");
  private static final Pattern HEADING = Pattern.compile("^(#{1,6})\\s+(.*?)\\s*#*$");
  private static final Pattern LINK = Pattern.compile("\\]\\(\\s*<?([^)\\s>]+)>?[^)]*\\)");
  private static final Pattern DEFINITION =
      Pattern.compile("^\\s{0,3}\\[[^\\]]+\\]:\\s*<?(\\S+?)>?$");
  private static final Pattern FIRST_CELL = Pattern.compile("^\\|\\s*`(\\w+)`\\s*\\|.*$");

  private final Path file;
  private final List<String> javaBlocks = new ArrayList<>();
  private final List<String> prose = new ArrayList<>();

  private MarkdownPage(Path file, List<String> lines) {
    this.file = file;
    split(lines);
  }

  static MarkdownPage read(Path file) throws IOException {
    return new MarkdownPage(file, Files.readAllLines(file, StandardCharsets.UTF_8));
  }

  private void split(List<String> lines) {
    StringBuilder block = new StringBuilder();
    String fence = "";
    boolean java = false;
    for (String line : lines) {
      Matcher mark = FENCE.matcher(line);
      if (fence.isEmpty() && mark.matches()) {
        fence = mark.group(1);
        java = mark.group(2).equals("java");
        block.setLength(0);
      } else if (!fence.isEmpty() && line.strip().equals(fence)) {
        if (java) {
          javaBlocks.add(block.toString().stripTrailing().stripIndent().strip());
        }
        fence = "";
      } else if (fence.isEmpty()) {
        prose.add(line);
      } else {
        block.append(line).append('\n');
      }
    }
  }

  Path file() {
    return file;
  }

  /** The fenced blocks of Java, without common indentation. */
  List<String> javaBlocks() {
    return javaBlocks;
  }

  /** The targets of its links, as they are written. */
  List<String> links() {
    List<String> links = new ArrayList<>();
    for (String line : prose) {
      String text = line.replaceAll("`[^`]*`", "``");
      Matcher definition = DEFINITION.matcher(text);
      if (definition.matches()) {
        links.add(definition.group(1));
      }
      Matcher link = LINK.matcher(text);
      while (link.find()) {
        links.add(link.group(1));
      }
    }
    return links;
  }

  /** The anchors of its headings, made as GitHub makes them. */
  Set<String> anchors() {
    Set<String> anchors = new LinkedHashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    for (String line : prose) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        String anchor =
            heading
                .group(2)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
        int before = seen.merge(anchor, 1, Integer::sum) - 1;
        anchors.add(before == 0 ? anchor : anchor + "-" + before);
      }
    }
    return anchors;
  }

  /** The code names in the first column of the tables below a heading. */
  List<String> firstColumnBelow(String title) {
    List<String> names = new ArrayList<>();
    boolean below = false;
    for (String line : prose) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        below = heading.group(2).equals(title);
      }
      Matcher cell = FIRST_CELL.matcher(line);
      if (below && cell.matches()) {
        names.add(cell.group(1));
      }
    }
    return names;
  }
}
