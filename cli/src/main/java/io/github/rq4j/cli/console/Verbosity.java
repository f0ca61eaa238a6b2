package io.github.rq4j.cli.console;

/** A command that can be asked for more. */
public interface Verbosity {

  /** Whether an unexpected failure is to be shown with its stack. */
  boolean isVerbose();
}
