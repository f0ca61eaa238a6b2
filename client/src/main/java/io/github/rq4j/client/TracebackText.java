package io.github.rq4j.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes apart what Python prints of an exception. Every text is some failure. */
final class TracebackText {
  private static final String CAUSE =
      "The above exception was the direct cause of the following exception:";
  private static final String CONTEXT =
      "During handling of the above exception, another exception occurred:";
  private static final Pattern HEADER =
      Pattern.compile("(\\+ Exception Group )?Traceback \\(most recent call last\\):");
  private static final Pattern FRAME =
      Pattern.compile("File \"(.*?)\", line (\\d{1,9})(?:, in (.*))?");
  // What Python can print as the name of a class, and Java.
  private static final Pattern LAST_LINE =
      Pattern.compile("([\\p{L}_][\\p{L}\\p{N}_$.<>]*)(?:: ?(.*))?");
  // The margin before what belongs to an exception group.
  private static final Pattern MARGIN = Pattern.compile("^ *[|+] ?");
  private static final int MOST_FRAMES = 2_000;
  private static final int MOST_CAUSES = 100;

  private TracebackText() {}

  static Optional<PythonJobFailure> parse(String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    List<Part> parts = parts(text);
    PythonJobFailure failure = null;
    for (Part part : parts.subList(Math.max(0, parts.size() - MOST_CAUSES), parts.size())) {
      failure = part.failure(failure);
    }
    return Optional.ofNullable(failure);
  }

  /** One exception's lines, and whether it was raised from the one before. */
  private record Part(List<String> lines, boolean raisedFromCause) {

    PythonJobFailure failure(@Nullable PythonJobFailure cause) {
      int header = header();
      if (header < 0) {
        return plain(cause);
      }
      boolean isGroup = lines.get(header).contains("Exception Group");
      List<PythonFrame> frames = new ArrayList<>();
      for (int i = header + 1; i < lines.size(); i++) {
        String line = isGroup ? MARGIN.matcher(lines.get(i)).replaceFirst("") : lines.get(i);
        Matcher frame = FRAME.matcher(line.strip());
        if (line.startsWith("  ") && frame.matches()) {
          if (frames.size() < MOST_FRAMES) {
            frames.add(frameOf(frame));
          }
        } else if (!line.startsWith("  ") && !line.isBlank()) {
          return raised(line, rest(i + 1, isGroup), frames, cause);
        }
      }
      return new PythonJobFailure("", "", frames, isFrom(cause), cause);
    }

    private int header() {
      for (int i = 0; i < lines.size(); i++) {
        if (HEADER.matcher(lines.get(i).strip()).matches()) {
          return i;
        }
      }
      return -1;
    }

    private boolean isFrom(@Nullable PythonJobFailure cause) {
      return cause != null && raisedFromCause;
    }

    private PythonJobFailure plain(@Nullable PythonJobFailure cause) {
      String all = String.join("\n", lines).strip();
      int end = all.indexOf('\n');
      String first = end < 0 ? all : all.substring(0, end);
      Matcher last = LAST_LINE.matcher(first);
      // A sentence has no colon after its first word.
      return first.contains(":") && last.matches()
          ? raised(first, end < 0 ? "" : all.substring(end), List.of(), cause)
          : new PythonJobFailure("", all, List.of(), isFrom(cause), cause);
    }

    private PythonJobFailure raised(
        String line, String rest, List<PythonFrame> frames, @Nullable PythonJobFailure cause) {
      Matcher last = LAST_LINE.matcher(line);
      boolean named = last.matches();
      String message = named ? last.group(2) : line;
      return new PythonJobFailure(
          named ? last.group(1) : "",
          ((message == null ? "" : message) + rest).stripTrailing(),
          frames,
          isFrom(cause),
          cause);
    }

    /** What follows the exception's line: more of its message, notes; not a group's members. */
    private String rest(int from, boolean isGroup) {
      StringBuilder rest = new StringBuilder();
      for (String line : lines.subList(from, lines.size())) {
        if (isGroup && line.strip().startsWith("+-")) {
          break;
        }
        rest.append('\n').append(isGroup ? MARGIN.matcher(line).replaceFirst("") : line);
      }
      return rest.toString();
    }
  }

  private static PythonFrame frameOf(Matcher frame) {
    String function = frame.group(3);
    return new PythonFrame(
        String.valueOf(frame.group(1)),
        Integer.parseInt(frame.group(2)),
        function == null ? "" : function);
  }

  private static List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    boolean raisedFromCause = false;
    for (String line : text.lines().toList()) {
      String plain = line.strip();
      boolean isCause = plain.equals(CAUSE);
      if (isCause || plain.equals(CONTEXT)) {
        if (!lines.isEmpty()) {
          parts.add(new Part(lines, raisedFromCause));
        }
        lines = new ArrayList<>();
        raisedFromCause = isCause;
      } else {
        lines.add(line);
      }
    }
    if (lines.stream().anyMatch(line -> !line.isBlank()) || parts.isEmpty()) {
      parts.add(new Part(lines, raisedFromCause));
    }
    return parts;
  }
}
