package io.github.rq4j.interop.command;

import io.github.rq4j.cli.Main;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.Terminal;
import io.github.rq4j.local.CommandResult;
import io.github.rq4j.testservers.TestRedis;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The command inside this JVM, on the database of the test. */
record Rq4j(TestRedis redis, Terminal terminal) {

  Rq4j(TestRedis redis) {
    this(redis, Terminal.NONE);
  }

  CommandResult run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Map<String, String> environment = Map.of("RQ_REDIS_URL", redis.uri().toString());
    Console console = new Console(stream(out), stream(err), environment, terminal);
    int exitCode = Main.run(console, args);
    return new CommandResult(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
