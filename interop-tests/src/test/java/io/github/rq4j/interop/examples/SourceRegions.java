package io.github.rq4j.interop.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The parts of this package's sources that the documentation may quote, by name. */
final class SourceRegions {
  private static final Pattern MARK = Pattern.compile("^\\s*// docs:(begin|end) (\\S+)$");

  private SourceRegions() {}

  static Map<String, String> in(Path directory) throws IOException {
    Map<String, String> regions = new LinkedHashMap<>();
    List<Path> sources;
    try (Stream<Path> files = Files.list(directory)) {
      sources = files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    for (Path source : sources) {
      read(source, regions);
    }
    return regions;
  }

  private static void read(Path source, Map<String, String> regions) throws IOException {
    String open = "";
    StringBuilder region = new StringBuilder();
    for (String line : Files.readAllLines(source, StandardCharsets.UTF_8)) {
      Matcher mark = MARK.matcher(line);
      if (!mark.matches()) {
        region.append(line).append('\n');
        continue;
      }
      boolean begin = mark.group(1).equals("begin");
      String name = mark.group(2);
      if (begin != open.isEmpty() || (!begin && !open.equals(name))) {
        throw new IllegalStateException(source + ": regions overlap at '" + name + "'");
      }
      if (!begin
          && regions.put(name, region.toString().stripTrailing().stripIndent().strip()) != null) {
        throw new IllegalStateException(source + ": there are two regions '" + name + "'");
      }
      open = begin ? name : "";
      region.setLength(0);
    }
    if (!open.isEmpty()) {
      throw new IllegalStateException(source + ": the region '" + open + "' has no end");
    }
  }
}
