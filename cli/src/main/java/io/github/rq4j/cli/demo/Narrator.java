package io.github.rq4j.cli.demo;

import java.io.PrintStream;

/**
 * Tells the story: headings, what is being done, and what the actors say, each line marked with the
 * actor's name. Safe for use by many threads; lines are never mixed.
 */
final class Narrator {
  private static final int ACTOR_WIDTH = 9;

  private final PrintStream out;
  private int chapter;
  private boolean silent;

  Narrator(PrintStream out) {
    this.out = out;
  }

  /** Begins the next part of the story. */
  synchronized void heading(String text) {
    chapter++;
    line("");
    line(chapter + ". " + text);
    line("");
  }

  /** Says something in the narrator's own words. */
  void say(String text) {
    line("   " + text);
  }

  /** Prints a line as it is. */
  synchronized void line(String text) {
    if (!silent) {
      out.println(text);
    }
  }

  /** A stream whose lines are told as an actor's. */
  LineStream voice(String actor) {
    String mark = " ".repeat(Math.max(0, ACTOR_WIDTH - actor.length())) + actor + " | ";
    return new LineStream(line -> line((mark + line).stripTrailing()));
  }

  /** Whether the last word has been said. */
  synchronized boolean hasEnded() {
    return silent;
  }

  /** Says a last word; nothing is told from then on. */
  synchronized void endWith(String text) {
    line("");
    line(text);
    silent = true;
  }
}
