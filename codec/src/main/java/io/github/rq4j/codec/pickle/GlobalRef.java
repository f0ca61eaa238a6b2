package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.python.PythonGlobal;

/**
 * A class or function as the writer refers to it; one object per name within one pickle, so that it
 * can stand in the memo by identity.
 */
final class GlobalRef {
  private final PythonGlobal global;
  private final String moduleText;

  /**
   * Creates the reference.
   *
   * @param moduleText the module's name as the object that stands for Python's own; two references
   *     with one object write the name once
   */
  GlobalRef(PythonGlobal global, String moduleText) {
    this.global = global;
    this.moduleText = moduleText;
  }

  PythonGlobal global() {
    return global;
  }

  String moduleText() {
    return moduleText;
  }
}
