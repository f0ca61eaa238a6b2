package io.github.rq4j.cli.inspect;

import io.github.rq4j.codec.json.JsonSerializer;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report as lines, what belongs together indented below its name; what is empty is left out. */
final class ReportText {
  private static final String INDENT = "  ";

  private final PrintStream out;

  ReportText(PrintStream out) {
    this.out = out;
  }

  void print(Map<String, ? extends @Nullable Object> report) {
    entries("", report);
  }

  private void entries(String indent, Map<?, ? extends @Nullable Object> entries) {
    for (Map.Entry<?, ? extends @Nullable Object> entry : entries.entrySet()) {
      entry(indent, String.valueOf(entry.getKey()), entry.getValue());
    }
  }

  private void entry(String indent, String name, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      if (map.containsKey("python")) {
        forms(indent, name, map);
      } else if (!map.isEmpty()) {
        out.println(indent + name + ":");
        entries(indent + INDENT, map);
      }
    } else if (value instanceof List<?> list) {
      list(indent, name, list);
    } else if (value != null) {
      text(indent, name, value.toString());
    }
  }

  /** A value: as Python prints it, and the same in JSON. */
  private void forms(String indent, String name, Map<?, ?> forms) {
    out.println(indent + name + ": " + forms.get("python"));
    for (String form : List.of("json", "tagged")) {
      if (forms.containsKey(form)) {
        byte[] json = JsonSerializer.defaults().serialize(forms.get(form));
        String label = form.equals("json") ? " as JSON: " : " as tagged JSON: ";
        out.println(indent + name + label + new String(json, StandardCharsets.US_ASCII));
      }
    }
  }

  private void list(String indent, String name, List<?> list) {
    List<String> simple = new ArrayList<>();
    int number = 0;
    for (Object element : list) {
      number++;
      if (element instanceof Map<?, ?> place && place.containsKey("in")) {
        out.println(indent + place(place));
      } else if (element instanceof Map<?, ?> map) {
        out.println(indent + name + " " + number + ":");
        entries(indent + INDENT, map);
      } else {
        simple.add(String.valueOf(element));
      }
    }
    if (!simple.isEmpty()) {
      out.println(indent + name + ": " + String.join(", ", simple));
    }
  }

  /** One line: where, of what, and the rest. */
  private static String place(Map<?, ?> place) {
    List<String> parts = new ArrayList<>();
    place.forEach((key, value) -> parts.add(key + " " + value));
    return "in: " + place.get("in") + " " + String.join(", ", parts.subList(1, parts.size()));
  }

  private void text(String indent, String name, String text) {
    List<String> lines = text.stripTrailing().lines().toList();
    if (lines.size() <= 1) {
      out.println(indent + name + ": " + text.stripTrailing());
    } else {
      out.println(indent + name + ":");
      lines.forEach(line -> out.println(indent + INDENT + line));
    }
  }
}
