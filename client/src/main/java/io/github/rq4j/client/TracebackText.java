package io.github.rq4j.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart what Python prints of an exception. Every text is some failure.
 *
 * <p>The text is a chain of exceptions, each raised from the one before or while that was handled.
 * Of an exception group the members follow, each again such a text, set in by two more columns and
 * behind a margin.
 */
final class TracebackText {
  private static final String CAUSE =
      "The above exception was the direct cause of the following exception:";
  private static final String CONTEXT =
      "During handling of the above exception, another exception occurred:";
  private static final Pattern HEADER =
      Pattern.compile("(Exception Group )?Traceback \\(most recent call last\\):");
  private static final Pattern FRAME =
      Pattern.compile("File \"(.*?)\", line (\\d{1,9})(?:, in (.*))?");
  // What Python can print as the name of a class, and Java.
  private static final Pattern LAST_LINE =
      Pattern.compile("([\\p{L}_][\\p{L}\\p{N}_$.<>]*)(?:: ?(.*))?");
  // Around a whole group that is no member of another.
  private static final String GROUP_HEADER = "  + Exception Group Traceback";
  private static final Pattern GROUP_MARGIN = Pattern.compile("^  (?:\\||\\+(?!-)) ?");
  private static final Pattern FIRST_MEMBER = Pattern.compile("  \\+-\\+-{16} (1|\\.\\.\\.) -{16}");
  private static final Pattern NEXT_MEMBER = Pattern.compile(" {4}\\+-{16} (\\d+|\\.\\.\\.) -{16}");
  private static final Pattern END_OF_MEMBERS = Pattern.compile(" {4}\\+-{36}");
  private static final Pattern MEMBER_MARGIN = Pattern.compile("^ {4}\\| ?");
  private static final int MOST_FRAMES = 2_000;
  private static final int MOST_CAUSES = 100;
  // Python itself prints ten.
  private static final int MOST_LEVELS = 20;

  private TracebackText() {}

  static Optional<PythonJobFailure> parse(String text) {
    return text.isBlank() ? Optional.empty() : Optional.ofNullable(last(text.lines().toList(), 0));
  }

  /** The exception at the end of the chain; null where there are no lines. */
  private static @Nullable PythonJobFailure last(List<String> lines, int level) {
    List<Part> parts = parts(lines, level);
    PythonJobFailure failure = null;
    for (Part part : parts.subList(Math.max(0, parts.size() - MOST_CAUSES), parts.size())) {
      failure = part.failure(failure);
    }
    return failure;
  }

  private static List<Part> parts(List<String> lines, int level) {
    List<Part> parts = new ArrayList<>();
    List<String> current = new ArrayList<>();
    boolean raisedFromCause = false;
    for (String line : lines) {
      String plain = line.strip();
      boolean isCause = plain.equals(CAUSE);
      if (isCause || plain.equals(CONTEXT)) {
        if (!current.isEmpty()) {
          parts.add(Part.of(current, raisedFromCause, level));
        }
        current = new ArrayList<>();
        raisedFromCause = isCause;
      } else {
        current.add(line);
      }
    }
    if (current.stream().anyMatch(line -> !line.isBlank()) || parts.isEmpty()) {
      parts.add(Part.of(current, raisedFromCause, level));
    }
    return parts;
  }

  /**
   * One exception of a chain.
   *
   * @param lines its own, without margin
   * @param members those of its members, still behind their margin
   * @param raisedFromCause whether it was raised from the one before
   * @param level how many groups it is in
   */
  private record Part(
      List<String> lines, List<String> members, boolean raisedFromCause, int level) {

    static Part of(List<String> given, boolean raisedFromCause, int level) {
      List<String> lines = given;
      if (lines.stream().anyMatch(line -> line.startsWith(GROUP_HEADER))) {
        lines = lines.stream().map(line -> GROUP_MARGIN.matcher(line).replaceFirst("")).toList();
      }
      for (int i = 0; i < lines.size(); i++) {
        if (FIRST_MEMBER.matcher(lines.get(i)).matches()) {
          List<String> members = lines.subList(i + 1, lines.size());
          return new Part(lines.subList(0, i), members, raisedFromCause, level);
        }
      }
      return new Part(lines, List.of(), raisedFromCause, level);
    }

    PythonJobFailure failure(@Nullable PythonJobFailure cause) {
      int header = header();
      if (header < 0) {
        return plain(cause);
      }
      List<PythonFrame> frames = new ArrayList<>();
      for (int i = header + 1; i < lines.size(); i++) {
        String line = lines.get(i);
        Matcher frame = FRAME.matcher(line.strip());
        if (line.startsWith("  ") && frame.matches()) {
          if (frames.size() < MOST_FRAMES) {
            frames.add(frameOf(frame));
          }
        } else if (!line.startsWith("  ") && !line.isBlank()) {
          return raised(line, lines.subList(i + 1, lines.size()), frames, cause);
        }
      }
      return failure("", "", frames, cause);
    }

    private int header() {
      for (int i = 0; i < lines.size(); i++) {
        if (HEADER.matcher(lines.get(i).strip()).matches()) {
          return i;
        }
      }
      return -1;
    }

    /** An exception that was never raised, or a sentence, which has no colon after a first word. */
    private PythonJobFailure plain(@Nullable PythonJobFailure cause) {
      List<String> all = String.join("\n", lines).strip().lines().toList();
      String first = all.isEmpty() ? "" : all.get(0);
      boolean isException =
          (level > 0 || first.contains(":")) && LAST_LINE.matcher(first).matches();
      return isException
          ? raised(first, all.subList(1, all.size()), List.of(), cause)
          : failure("", String.join("\n", all), List.of(), cause);
    }

    /** What follows the exception's line is more of its message, and notes. */
    private PythonJobFailure raised(
        String line,
        List<String> rest,
        List<PythonFrame> frames,
        @Nullable PythonJobFailure cause) {
      Matcher last = LAST_LINE.matcher(line);
      boolean named = last.matches();
      StringBuilder message = new StringBuilder();
      String first = named ? last.group(2) : line;
      message.append(first == null ? "" : first);
      rest.forEach(more -> message.append('\n').append(more));
      String name = named ? String.valueOf(last.group(1)) : "";
      return failure(name, message.toString().stripTrailing(), frames, cause);
    }

    private PythonJobFailure failure(
        String exceptionClass,
        String message,
        List<PythonFrame> frames,
        @Nullable PythonJobFailure cause) {
      boolean isFrom = cause != null && raisedFromCause;
      return new PythonJobFailure(exceptionClass, message, frames, isFrom, cause, parsedMembers());
    }

    private List<PythonJobFailure> parsedMembers() {
      List<PythonJobFailure> parsed = new ArrayList<>();
      if (level == MOST_LEVELS) {
        return parsed;
      }
      List<String> member = new ArrayList<>();
      for (String line : members) {
        if (NEXT_MEMBER.matcher(line).matches() || END_OF_MEMBERS.matcher(line).matches()) {
          add(parsed, member);
          member = new ArrayList<>();
        } else {
          Matcher margin = MEMBER_MARGIN.matcher(line);
          // What stands further right belongs to a member of the member.
          boolean isDeeper = !margin.find() && line.startsWith("  ");
          member.add(isDeeper ? line.substring(2) : margin.replaceFirst(""));
        }
      }
      add(parsed, member);
      return parsed;
    }

    private void add(List<PythonJobFailure> parsed, List<String> member) {
      if (member.stream().anyMatch(line -> !line.isBlank())) {
        PythonJobFailure failure = last(member, level + 1);
        if (failure != null) {
          parsed.add(failure);
        }
      }
    }
  }

  private static PythonFrame frameOf(Matcher frame) {
    String function = frame.group(3);
    return new PythonFrame(
        String.valueOf(frame.group(1)),
        Integer.parseInt(frame.group(2)),
        function == null ? "" : function);
  }
}
