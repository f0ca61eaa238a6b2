package io.github.rq4j.testservers;

/**
 * A value that lies in Python, as Python shows it.
 *
 * @param repr its {@code repr()}
 * @param type the name of its class: {@code int}, {@code datetime}, {@code NoneType}
 */
public record PythonValue(String repr, String type) {

  /** Whether it is Python's None. */
  public boolean isNone() {
    return type.equals("NoneType");
  }

  @Override
  public String toString() {
    return repr;
  }
}
