package io.github.rq4j.cli.archive;

import io.github.rq4j.client.RqFunction;
import java.util.List;

/** What the jobs of a rehearsal do: as little as one can. */
public final class RehearsalTasks {
  static final String ECHO = "rehearsal.echo";

  private RehearsalTasks() {}

  /** Gives back what it is given. */
  @RqFunction(ECHO)
  public static List<Object> echo(String text, long number) {
    return List.of(text, number);
  }
}
