package io.github.rq4j.cli.console;

import picocli.CommandLine.Option;

/** {@code --json} of a command that reads. */
public final class JsonOption {
  @Option(names = "--json", description = "Prints JSON, one document on a line.")
  private boolean requested;

  /** The option, not given yet. */
  public JsonOption() {}

  /** Whether JSON is to be printed. */
  public boolean isRequested() {
    return requested;
  }
}
