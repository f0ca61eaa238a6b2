package io.github.rq4j.cli.archive;

import io.github.rq4j.cli.console.Console;

/** Runs a command line in this JVM. */
@FunctionalInterface
public interface CommandRunner {
  /** Returns the exit code. */
  int run(Console console, String... arguments);
}
