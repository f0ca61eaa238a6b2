package io.github.rq4j.codec;

import org.jspecify.annotations.Nullable;

/** A decoded value does not fit the Java type it is asked to become. */
public final class BindingException extends CodecException {
  private static final long serialVersionUID = 1L;

  private final String path;

  /**
   * Creates the exception.
   *
   * @param path where the value stands, such as {@code args[0].lines[3].price}
   * @param problem expected and given type in words; no payload content
   */
  public BindingException(String path, String problem) {
    this(path, problem, null);
  }

  /**
   * Creates the exception with its cause.
   *
   * @param path where the value stands, such as {@code args[0].lines[3].price}
   * @param problem expected and given type in words; no payload content
   * @param cause what the application's own code threw, if anything
   */
  public BindingException(String path, String problem, @Nullable Throwable cause) {
    super(path + ": " + problem, cause);
    this.path = path;
  }

  /** Where the value stands, such as {@code args[0].lines[3].price}. */
  public String path() {
    return path;
  }
}
