package io.github.rq4j.testservers;

import io.github.rq4j.local.PythonEnvironment;
import io.github.rq4j.local.PythonInterpreter;
import java.util.List;

/**
 * A release of Python RQ that the suite runs against.
 *
 * @param version RQ's version, such as {@code 1.16.2}
 * @param oldestPython the oldest version of Python that it runs on, such as {@code 3.7}
 * @param requirements RQ and all that it needs, pinned, in pip's notation
 */
public record RqRelease(String version, String oldestPython, List<String> requirements) {

  /** Copies the list. */
  public RqRelease {
    requirements = List.copyOf(requirements);
  }

  /**
   * Finds or makes its virtualenv.
   *
   * @throws io.github.rq4j.local.LocalToolException if there is no suitable Python or pip fails
   */
  public PythonEnvironment prepare() {
    return PythonEnvironment.builder(PythonInterpreter.atLeast(oldestPython))
        .requirements(requirements)
        .prepare()
        .withModules(PythonFixtures.directory());
  }

  @Override
  public String toString() {
    return "RQ " + version;
  }
}
