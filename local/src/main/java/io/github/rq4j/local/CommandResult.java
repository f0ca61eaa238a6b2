package io.github.rq4j.local;

/**
 * What a program that ran to its end left behind. Output is decoded as UTF-8; bytes that are not
 * become the replacement character.
 *
 * @param exitCode the exit code; 128 plus the signal number for a program ended by a signal
 * @param stdout all that it wrote to standard output
 * @param stderr all that it wrote to standard error
 */
public record CommandResult(int exitCode, String stdout, String stderr) {

  /** Whether the exit code is 0. */
  public boolean succeeded() {
    return exitCode == 0;
  }
}
