package io.github.rq4j.codec.python;

import java.util.ArrayList;
import java.util.List;

/** Splits paths into the parts of Python's {@code pathlib}: the anchor first, then the names. */
final class PathParts {
  private PathParts() {}

  static List<String> of(boolean windows, List<String> segments) {
    String drive = "";
    String root = "";
    List<String> names = new ArrayList<>();
    for (String segment : segments) {
      String text = windows ? segment.replace('/', '\\') : segment;
      String ownDrive = windows ? text.substring(0, driveLength(text)) : "";
      String rest = text.substring(ownDrive.length());
      String ownRoot = root(rest, windows);
      boolean otherDrive = !ownDrive.isEmpty() && !ownDrive.equalsIgnoreCase(drive);
      if (!ownRoot.isEmpty() || otherDrive) {
        names.clear();
        root = ownRoot;
      }
      if (!ownDrive.isEmpty()) {
        drive = ownDrive;
      }
      addNames(rest, windows ? '\\' : '/', names);
    }
    boolean isShare = drive.startsWith("\\\\");
    String anchor = drive + (isShare && root.isEmpty() ? "\\" : root);
    if (!anchor.isEmpty()) {
      names.add(0, anchor);
    }
    return names;
  }

  /** The length of a drive such as {@code C:}, or of a share such as {@code \\host\share}. */
  private static int driveLength(String text) {
    if (text.length() >= 2 && text.charAt(1) == ':') {
      return 2;
    }
    if (text.startsWith("\\\\") && text.length() > 2 && text.charAt(2) != '\\') {
      int host = text.indexOf('\\', 2);
      if (host < 0 || host + 1 == text.length() || text.charAt(host + 1) == '\\') {
        return 0;
      }
      int share = text.indexOf('\\', host + 1);
      return share < 0 ? text.length() : share;
    }
    return 0;
  }

  /** Exactly two slashes at the start are a root of their own on POSIX. */
  private static String root(String text, boolean windows) {
    if (windows) {
      return text.startsWith("\\") ? "\\" : "";
    }
    if (text.startsWith("//") && !text.startsWith("///")) {
      return "//";
    }
    return text.startsWith("/") ? "/" : "";
  }

  private static void addNames(String text, char separator, List<String> names) {
    int start = 0;
    while (start <= text.length()) {
      int end = text.indexOf(separator, start);
      String name = text.substring(start, end < 0 ? text.length() : end);
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
      if (end < 0) {
        return;
      }
      start = end + 1;
    }
  }
}
