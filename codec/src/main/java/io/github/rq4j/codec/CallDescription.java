package io.github.rq4j.codec;

import io.github.rq4j.codec.python.PythonRepr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The call as Python would write it, {@code shop.tasks.ship('A-1', fast=True)}: RQ's default for a
 * job's {@code description}. As RQ does since 1.4.3, each argument is cut behind 75 characters;
 * keyword arguments are sorted by their text.
 */
public final class CallDescription {
  private static final int LONGEST_ARGUMENT = 75;

  private CallDescription() {}

  /**
   * Renders a call. The function is named as it is stored, so that a call of a method shows the
   * bare method name. Never fails: a value that Python does not have is shown by the name of its
   * class.
   */
  public static String of(JobData data) {
    List<String> arguments = new ArrayList<>(data.args().size() + data.kwargs().size());
    for (Object arg : data.args()) {
      arguments.add(repr(arg));
    }
    int positional = arguments.size();
    data.kwargs().forEach((name, value) -> arguments.add(name + "=" + repr(value)));
    arguments.subList(positional, arguments.size()).sort(CallDescription::compareCodePoints);
    return data.functionName() + "(" + String.join(", ", arguments) + ")";
  }

  private static String repr(@Nullable Object value) {
    return PythonRepr.of(value, LONGEST_ARGUMENT);
  }

  /** Python's order of texts; Java's own puts surrogates, and so emoji, before U+E000. */
  private static int compareCodePoints(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      if (left.charAt(i) != right.charAt(i)) {
        int start = i > 0 && Character.isHighSurrogate(left.charAt(i - 1)) ? i - 1 : i;
        return Integer.compare(left.codePointAt(start), right.codePointAt(start));
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
