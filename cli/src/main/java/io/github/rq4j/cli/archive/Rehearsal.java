package io.github.rq4j.cli.archive;

import io.github.rq4j.cli.console.Console;
import io.github.rq4j.local.LocalRedis;
import io.github.rq4j.local.RedisUnavailableException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Runs the commands that are to start quickly, on a Redis server of its own, so that the JVM loads
 * the classes that they need.
 */
final class Rehearsal {
  private static final String JOB = "rehearsal";

  private final CommandRunner commands;

  Rehearsal(CommandRunner commands) {
    this.commands = commands;
  }

  /** Returns 0, or the exit code of the command that failed. */
  int run() {
    try (LocalRedis redis = LocalRedis.start()) {
      return run(redis.uri().toString());
    } catch (RedisUnavailableException e) {
      // Less is loaded then, but the commands that read can still say so quickly.
      return run(List.of(List.of("info", "--help"), List.of("worker", "--help")));
    }
  }

  private int run(String url) {
    return run(
        List.of(
            List.of("enqueue", "-u", url, "--job-id", JOB, RehearsalTasks.ECHO, "text", ":1"),
            List.of("info", "-u", url),
            worker(url),
            List.of("inspect", "-u", url, JOB),
            List.of("info", "-u", url, "--json")));
  }

  /** With what most users give: each option that is given needs some classes of its own. */
  private static List<String> worker(String url) {
    String tasks = RehearsalTasks.class.getName();
    return List.of("worker", "-u", url, "--quiet", "--burst", "--handlers", tasks, "default");
  }

  private int run(List<List<String>> all) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Console console = new Console(nowhere, nowhere, Map.of());
    int worst = 0;
    for (List<String> command : all) {
      worst = Math.max(worst, commands.run(console, command.toArray(String[]::new)));
    }
    return worst;
  }
}
