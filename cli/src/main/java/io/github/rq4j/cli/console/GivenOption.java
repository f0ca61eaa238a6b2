package io.github.rq4j.cli.console;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands over what was given on the command line, and nothing where nothing was. */
public final class GivenOption {
  private GivenOption() {}

  /**
   * Sets what an option stands for.
   *
   * @param option as users write it
   * @param value null where it was not given: then nothing is set
   * @throws CommandFailure if the setting refuses the value; it names the option
   */
  public static <T> void set(String option, @Nullable T value, Consumer<T> setting) {
    if (value == null) {
      return;
    }
    try {
      setting.accept(value);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.misuse(option + ": " + e.getMessage(), e);
    }
  }
}
