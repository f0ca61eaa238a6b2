package io.github.rq4j.testservers;

import io.github.rq4j.local.PythonEnvironment;
import java.util.List;

/**
 * A release of a tool around RQ, with the release of RQ that it runs with.
 *
 * @param name the name of its package, such as {@code rq-dashboard}
 * @param version its own version
 * @param rq RQ's version
 * @param oldestPython the oldest version of Python that both run on
 * @param requirements the tool, RQ and all that they need, pinned, in pip's notation
 */
public record RqTool(
    String name, String version, String rq, String oldestPython, List<String> requirements) {

  /** Copies the list. */
  public RqTool {
    requirements = List.copyOf(requirements);
  }

  /** Its RQ, in a virtualenv that also has the tool. */
  public RqRelease release() {
    return new RqRelease(rq, oldestPython, requirements);
  }

  /**
   * Finds or makes its virtualenv, in which Python also finds the modules of this project.
   *
   * @throws io.github.rq4j.local.LocalToolException if there is no suitable Python or pip fails
   */
  public PythonEnvironment prepare() {
    return release().prepare();
  }

  @Override
  public String toString() {
    return name + " " + version + " with RQ " + rq;
  }
}
