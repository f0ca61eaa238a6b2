package io.github.rq4j.local;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of Python with its missing parts taken as not given. */
record PythonVersion(int major, int minor, int patch) implements Comparable<PythonVersion> {

  private static final int NOT_GIVEN = -1;
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})(?:\\.([0-9]{1,3}))?");
  private static final Comparator<PythonVersion> ORDER =
      Comparator.comparingInt(PythonVersion::major)
          .thenComparingInt(PythonVersion::minor)
          .thenComparingInt(PythonVersion::patch);

  static PythonVersion parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "a Python version is two or three numbers such as 3.11 or 3.11.7, not: " + text);
    }
    return new PythonVersion(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        matcher.group(3) == null ? NOT_GIVEN : Integer.parseInt(matcher.group(3)));
  }

  /** Whether {@code other} is this version or, when this has two parts only, of its series. */
  boolean covers(PythonVersion other) {
    return major == other.major
        && minor == other.minor
        && (patch == NOT_GIVEN || patch == other.patch);
  }

  /** The first two parts. */
  String series() {
    return major + "." + minor;
  }

  @Override
  public int compareTo(PythonVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return patch == NOT_GIVEN ? series() : series() + "." + patch;
  }
}
