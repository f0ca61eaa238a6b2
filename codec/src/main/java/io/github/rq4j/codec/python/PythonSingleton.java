package io.github.rq4j.codec.python;

/** The constants of Python that stand for themselves, apart from {@code None}. */
public enum PythonSingleton {
  /** Python's {@code Ellipsis}, written {@code ...}. */
  ELLIPSIS("Ellipsis"),

  /** Python's {@code NotImplemented}. */
  NOT_IMPLEMENTED("NotImplemented");

  private final String pythonName;

  PythonSingleton(String pythonName) {
    this.pythonName = pythonName;
  }

  /** The name of the constant in Python's module {@code builtins}. */
  public String pythonName() {
    return pythonName;
  }

  @Override
  public String toString() {
    return pythonName;
  }
}
