package io.github.rq4j.cli;

import io.github.rq4j.cli.archive.ClassArchiveCommand;
import io.github.rq4j.cli.bench.BenchCommand;
import io.github.rq4j.cli.codec.PickleCommand;
import io.github.rq4j.cli.codec.VectorsCommand;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.UnconfiguredLogback;
import io.github.rq4j.cli.cron.CronCommand;
import io.github.rq4j.cli.demo.DemoCommand;
import io.github.rq4j.cli.doctor.DoctorCommand;
import io.github.rq4j.cli.enqueue.EnqueueCommand;
import io.github.rq4j.cli.info.InfoCommand;
import io.github.rq4j.cli.inspect.InspectCommand;
import io.github.rq4j.cli.pool.WorkerPoolCommand;
import io.github.rq4j.cli.steer.EmptyCommand;
import io.github.rq4j.cli.steer.RequeueCommand;
import io.github.rq4j.cli.steer.ResumeCommand;
import io.github.rq4j.cli.steer.SuspendCommand;
import io.github.rq4j.cli.stubs.StubsCommand;
import io.github.rq4j.cli.tail.TailCommand;
import io.github.rq4j.cli.verify.VerifyCommand;
import io.github.rq4j.cli.worker.WorkerCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.helpers.NOP_FallbackServiceProvider;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The entrance of the {@code rq4j} command. Exit codes are those of {@code rq}: 0 when the command
 * did what it was asked to, 1 when it could not, 2 when it was called wrongly.
 */
public final class Main {
  /** Commands that write a log. */
  private static final Set<String> LOGGING =
      Set.of("worker", "worker-pool", "cron", "demo", "class-archive");

  private Main() {}

  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    bindLogging(args.length > 0 && LOGGING.contains(args[0]));
    System.exit(run(Console.ofThisProcess(), args));
  }

  /** Names the logging library, which finds itself and its configuration only after a while. */
  private static void bindLogging(boolean needed) {
    Class<?> provider = needed ? UnconfiguredLogback.class : NOP_FallbackServiceProvider.class;
    System.setProperty("slf4j.internal.verbosity", "WARN");
    System.setProperty("slf4j.provider", provider.getName());
  }

  /**
   * Runs one command.
   *
   * @param console the streams and the environment it sees
   * @param args the command line, without the program's name
   * @return the exit code
   */
  public static int run(Console console, String... args) {
    return commandLine(console, args.length == 0 ? "" : args[0])
        .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(new Failures(console))
        .setExecutionExceptionHandler(new Failures(console))
        .execute(args);
  }

  /**
   * With all commands and the options of the program itself, or with the one command that is named
   * first and alone: making the others takes its time.
   */
  static CommandLine commandLine(Console console, String name) {
    Map<String, Supplier<Object>> commands = commands(console);
    Supplier<Object> only = commands.get(name);
    CommandLine root;
    if (only != null) {
      root = new CommandLine(CommandSpec.create().name(RootCommand.NAME));
      root.addSubcommand(only.get());
    } else {
      root = new CommandLine(new RootCommand());
      commands.values().forEach(command -> root.addSubcommand(command.get()));
    }
    // An argument of 'enqueue' that begins with @ names a file of another kind.
    return root.setExpandAtFiles(false);
  }

  private static Map<String, Supplier<Object>> commands(Console console) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("worker", () -> new WorkerCommand(console));
    commands.put("worker-pool", () -> new WorkerPoolCommand(console, Main.class));
    commands.put("info", () -> new InfoCommand(console));
    commands.put("enqueue", () -> new EnqueueCommand(console));
    commands.put("requeue", () -> new RequeueCommand(console));
    commands.put("empty", () -> new EmptyCommand(console));
    commands.put("suspend", () -> new SuspendCommand(console));
    commands.put("resume", () -> new ResumeCommand(console));
    commands.put("inspect", () -> new InspectCommand(console));
    commands.put("tail", () -> new TailCommand(console));
    commands.put("doctor", () -> new DoctorCommand(console));
    commands.put("verify", () -> new VerifyCommand(console));
    commands.put("cron", () -> new CronCommand(console));
    commands.put("stubs", () -> new StubsCommand(console));
    commands.put("demo", () -> new DemoCommand(console));
    commands.put("bench", () -> new BenchCommand(console, Main.class));
    commands.put("pickle", () -> PickleCommand.of(console, System.in));
    commands.put("vectors", () -> new VectorsCommand(console));
    commands.put("class-archive", () -> new ClassArchiveCommand(console, Main.class, Main::run));
    commands.put(
        "completion", () -> new CompletionCommand(console, () -> commandLine(console, "")));
    return commands;
  }
}
