package io.github.rq4j.client.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One Redis command with its arguments as bytes. Not safe for use by many threads while built. */
public final class Command {
  // As many as the end of a job takes.
  private static final int USUAL_ARGUMENTS = 24;

  private final byte[] name;
  private final List<byte[]> arguments = new ArrayList<>(USUAL_ARGUMENTS);
  private final @Nullable Script script;

  private Command(String name, @Nullable Script script) {
    this.name = name.getBytes(StandardCharsets.US_ASCII);
    this.script = script;
  }

  /** A command and its textual arguments. */
  public static Command of(String name, String... arguments) {
    Command command = new Command(name, null);
    for (String argument : arguments) {
      command.add(argument);
    }
    return command;
  }

  /** A call of a script that the server may already know. */
  static Command call(Script script) {
    return new Command("EVALSHA", script).add(script.sha());
  }

  /** The same call with the script's text, for a server that does not know it. */
  Command withSource() {
    if (script == null) {
      throw new IllegalStateException("not a script call");
    }
    Command eval = new Command("EVAL", null).add(script.source());
    eval.arguments.addAll(arguments.subList(1, arguments.size()));
    return eval;
  }

  boolean isScriptCall() {
    return script != null;
  }

  /** Appends text as UTF-8. */
  public Command add(String argument) {
    return add(argument.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends a number in decimal. */
  public Command add(long argument) {
    return add(Long.toString(argument));
  }

  /** Appends bytes as they are; the array must not change afterwards. */
  public Command add(byte[] argument) {
    arguments.add(argument);
    return this;
  }

  byte[] name() {
    return name;
  }

  byte[][] arguments() {
    return arguments.toArray(new byte[0][]);
  }
}
