package io.github.rq4j.codec.python;

import java.util.List;
import java.util.Objects;

/**
 * A path of Python's {@code pathlib}. Immutable; equal when class and parts are.
 *
 * @param type the name of the class: {@code PosixPath}, {@code PurePosixPath}, {@code WindowsPath}
 *     or {@code PureWindowsPath}
 * @param parts the parts as {@code pathlib} splits them: an absolute path begins with its anchor,
 *     such as {@code /} or {@code C:\}
 */
public record PythonPath(String type, List<String> parts) {

  /** Copies the parts. */
  public PythonPath {
    Objects.requireNonNull(type, "type");
    parts = List.copyOf(parts);
  }

  /**
   * The path of some segments, split and joined as {@code pathlib} does it.
   *
   * @param type the name of the class
   * @param segments texts that may hold separators; one that is absolute drops those before it
   */
  public static PythonPath parse(String type, List<String> segments) {
    return new PythonPath(type, PathParts.of(type.endsWith("WindowsPath"), segments));
  }

  /** Whether it follows the rules of Windows. */
  public boolean isWindows() {
    return type.endsWith("WindowsPath");
  }

  /** The path as text, {@code .} if it has no parts. */
  public String text() {
    if (parts.isEmpty()) {
      return ".";
    }
    String separator = isWindows() ? "\\" : "/";
    String first = parts.get(0);
    String rest = String.join(separator, parts.subList(1, parts.size()));
    boolean joined = first.endsWith(separator) || (isWindows() && first.endsWith(":"));
    return rest.isEmpty() || joined ? first + rest : first + separator + rest;
  }

  @Override
  public String toString() {
    return PythonRepr.abbreviated(this);
  }
}
