package io.github.rq4j.testservers;

import io.github.rq4j.local.PythonEnvironment;
import io.github.rq4j.local.PythonInterpreter;
import java.util.List;

/**
 * A release of Python RQ on one series of CPython: a cell of the matrix.
 *
 * @param rq RQ's version, such as {@code 0.4.6}
 * @param python the series of Python, such as {@code 2.7}
 * @param requirements RQ and all that it needs, pinned, in pip's notation
 * @param everyday whether every build runs it where the interpreter is there
 */
public record RqCell(String rq, String python, List<String> requirements, boolean everyday) {

  /** Copies the list. */
  public RqCell {
    requirements = List.copyOf(requirements);
  }

  /** The same with another pinned version of redis-py; every day's no longer. */
  public RqCell withRedisPy(String version) {
    List<String> others =
        requirements.stream()
            .map(pin -> pin.startsWith("redis==") ? "redis==" + version : pin)
            .toList();
    return new RqCell(rq, python, others, false);
  }

  /** Whether its RQ is of the given version or a later one. */
  public boolean isSince(String version) {
    return compare(rq, version) >= 0;
  }

  /** Whether its Python is of the given version or a later one. */
  public boolean hasPython(String version) {
    return compare(python, version) >= 0;
  }

  private static int compare(String left, String right) {
    String[] lefts = left.split("\\.", -1);
    String[] rights = right.split("\\.", -1);
    for (int i = 0; i < Math.max(lefts.length, rights.length); i++) {
      int order = Integer.compare(part(lefts, i), part(rights, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int part(String[] parts, int index) {
    return index < parts.length ? Integer.parseInt(parts[index]) : 0;
  }

  PythonEnvironment prepare(PythonInterpreter interpreter) {
    return PythonEnvironment.builder(interpreter)
        .requirements(requirements)
        .prepare()
        .withModules(PythonFixtures.directory());
  }

  RqRelease release() {
    return new RqRelease(rq, python, requirements);
  }

  @Override
  public String toString() {
    return "RQ " + rq + " on Python " + python;
  }
}
