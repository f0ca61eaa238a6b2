package io.github.rq4j.cli.stubs;

import java.util.Set;
import java.util.regex.Pattern;

/** Which names can be written in a Python source. */
final class PythonNames {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Set<String> KEYWORDS =
      Set.of(
          "False",
          "None",
          "True",
          "and",
          "as",
          "assert",
          "async",
          "await",
          "break",
          "class",
          "continue",
          "def",
          "del",
          "elif",
          "else",
          "except",
          "finally",
          "for",
          "from",
          "global",
          "if",
          "import",
          "in",
          "is",
          "lambda",
          "nonlocal",
          "not",
          "or",
          "pass",
          "raise",
          "return",
          "try",
          "while",
          "with",
          "yield");

  private PythonNames() {}

  static boolean isIdentifier(String name) {
    return IDENTIFIER.matcher(name).matches() && !KEYWORDS.contains(name);
  }

  /** Whether all parts between the dots are, and there is a module before the last one. */
  static boolean isFunctionOfModule(String dotted) {
    String[] parts = dotted.split("\\.", -1);
    for (String part : parts) {
      if (!isIdentifier(part)) {
        return false;
      }
    }
    return parts.length > 1;
  }
}
