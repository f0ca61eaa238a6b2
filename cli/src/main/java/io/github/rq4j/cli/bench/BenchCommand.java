package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import io.github.rq4j.cli.console.Verbosity;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.local.LocalToolException;
import io.github.rq4j.local.PythonEnvironment;
import io.github.rq4j.local.PythonUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rq4j bench}: measures real Python RQ and Java workers side by side. */
@Command(
    name = "bench",
    description = {
      "Has real Python RQ and Java workers drain the same jobs on one Redis, and measures both.",
      "Needs Python 3; makes itself a virtualenv with the newest RQ, which later runs use again."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Exit codes: 0 measured; 1 a job failed or a worker stood still; 2 something is missing here."
    })
public final class BenchCommand implements Callable<Integer>, Verbosity {
  private final Console console;
  private final Class<?> main;

  @Option(
      names = {"-u", "--url"},
      paramLabel = "URL",
      description =
          "An EMPTY database of a Redis of your own, which is emptied again and again; one with"
              + " anything in it is refused. Default: starts a Redis.")
  private @Nullable String url;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      arity = "1..*",
      description =
          "What to measure: drains of noop, args-1kb, args-100kb, sleep-1ms, cpu-5ms, chains,"
              + " queues-10; steady, start, enqueue, backlog. Default: all.")
  private List<String> scenarios = List.of();

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "How often each worker is measured. Default: 1; 5 for publication.")
  private int runs = 1;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "How many jobs each worker gets. Default: enough for some seconds.")
  private @Nullable Integer jobs;

  @Option(
      names = "--quick",
      description = "Few jobs and no warm-up: shows that it works, measures little.")
  private boolean quick;

  @Option(names = "--skip-python", description = "Measures Java workers only.")
  private boolean skipPython;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes all figures to this file.")
  private @Nullable Path json;

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "Draws the no-op jobs per second into this file.")
  private @Nullable Path svg;

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description = "Writes all tables into this file, between its marks if it is there.")
  private @Nullable Path markdown;

  @Option(
      names = {"-v", "--verbose"},
      description = "Shows an unexpected failure with its stack.")
  private boolean verbose;

  @Mixin final HelpOption help = new HelpOption();

  /**
   * A command that writes to this console.
   *
   * @param main the class with the method {@code main} of the command
   */
  public BenchCommand(Console console, Class<?> main) {
    this.console = console;
    this.main = main;
  }

  @Override
  public boolean isVerbose() {
    return verbose;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Plan plan = plan();
    check(url);
    if (markdown != null) {
      new MarkedPage(markdown).check();
    }
    console.out().println("Python: a virtualenv with the newest RQ; made the first time ...");
    try (BenchPython python = new BenchPython(PythonEnvironment.newestRq());
        BenchRedis redis = redis(new Producers(python))) {
      Workers workers = new Workers(JavaProgram.ofThisProcess(main), python);
      Map<String, String> machine = Machine.describe(python, redis);
      machine.forEach((name, value) -> console.out().println(name + ": " + value));
      Benchmark benchmark = new Benchmark(plan, redis, workers, console.out()::println);
      Results results = benchmark.run();
      print(results);
      write(results, machine);
      benchmark.failures().forEach(console.err()::println);
      return benchmark.failures().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    } catch (PythonUnavailableException e) {
      throw CommandFailure.misuse("real RQ needs Python 3: " + e.getMessage(), e);
    } catch (LocalToolException e) {
      throw CommandFailure.failure(String.valueOf(e.getMessage()), e);
    }
  }

  private Plan plan() {
    if (runs < 1) {
      throw CommandFailure.misuse("--runs must be at least 1, not " + runs);
    }
    if (jobs != null && jobs < 1) {
      throw CommandFailure.misuse("--jobs must be at least 1, not " + jobs);
    }
    List<String> known = Stream.concat(labels(), Plan.OTHERS.stream()).toList();
    for (String name : scenarios) {
      if (!known.contains(name)) {
        throw CommandFailure.misuse(
            "--scenario: there is no '" + name + "'; there are " + String.join(", ", known));
      }
    }
    Predicate<String> chosen = name -> scenarios.isEmpty() || scenarios.contains(name);
    return new Plan(
        Arrays.stream(Scenario.values()).filter(one -> chosen.test(one.label())).toList(),
        Plan.OTHERS.stream().filter(chosen).collect(Collectors.toSet()),
        runs,
        jobs == null ? OptionalInt.empty() : OptionalInt.of(jobs),
        quick,
        !skipPython);
  }

  private BenchRedis redis(Producers producers) {
    return url == null ? new OwnRedis(producers) : GivenRedis.open(url, producers);
  }

  private static Stream<String> labels() {
    return Arrays.stream(Scenario.values()).map(Scenario::label);
  }

  private static void check(@Nullable String url) {
    try {
      if (url != null) {
        RedisSettings.parse(url);
      }
    } catch (IllegalArgumentException e) {
      throw CommandFailure.misuse("--url: " + e.getMessage(), e);
    }
  }

  private void write(Results results, Map<String, String> machine) throws IOException {
    Publication publication = new Publication(results, machine);
    if (json != null) {
      new ResultJson(results, machine).write(json);
    }
    if (svg != null) {
      Files.writeString(svg, publication.chart().svg());
    }
    if (markdown != null) {
      Path directory = markdown.toAbsolutePath().getParent();
      String image =
          svg == null || directory == null
              ? ""
              : directory.relativize(svg.toAbsolutePath()).toString().replace('\\', '/');
      new MarkedPage(markdown).write(publication.markdown(image));
    }
  }

  private void print(Results results) {
    new ResultTables(results)
        .all()
        .forEach(
            (title, table) -> {
              console.out().println();
              console.out().println(title);
              table.plain().forEach(line -> console.out().println("  " + line));
            });
  }
}
