package io.github.rq4j.cli.verify;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import io.github.rq4j.cli.console.JsonOption;
import io.github.rq4j.cli.console.JsonOutput;
import io.github.rq4j.cli.settings.SharedOptions;
import io.github.rq4j.cli.worker.HandlerClassPath;
import io.github.rq4j.cli.worker.HandlerOptions;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.JobDataFormat;
import io.github.rq4j.worker.Handlers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rq4j verify}: tells which jobs a jar's functions could take, without running any. */
@Command(
    name = "verify",
    description = {
      "Tells which jobs the functions could take, and why not the others, without running any.",
      "The jobs are those that wait in queues, or payloads in files: the field 'data' of job hashes."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Exit codes: 0 all jobs fit; 1 some do not, or Redis or a file cannot be reached; 2 called"
          + " wrongly.",
      "",
      "Example:",
      "  rq4j verify --classpath shop.jar --handlers shop.Tasks --payloads test/payloads"
    })
public final class VerifyCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "QUEUE",
      arity = "0..*",
      description = "Queues whose waiting jobs are tried. Default: default, unless --payloads.")
  private List<String> queues = List.of();

  @Option(
      names = "--payloads",
      paramLabel = "PATH",
      description =
          "A file, or a folder of files, with the data of a job each, or .jsonl of rq4j-record; can"
              + " be repeated.")
  private List<Path> payloads = List.of();

  @Mixin private final HandlerOptions handlers = new HandlerOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Tries so many jobs of each queue. Default: 1000.")
  private int limit = 1_000;

  @Option(
      names = "--ignore-unknown",
      description = "Leaves jobs without a function to Python: they do not count as misfits.")
  private boolean ignoreUnknown;

  @Mixin private final JsonOption json = new JsonOption();
  @Mixin private final SharedOptions shared = new SharedOptions();
  @Mixin final HelpOption help = new HelpOption();

  /** A command that writes to this console. */
  public VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (limit < 1) {
      throw CommandFailure.misuse("--limit must be at least 1, not " + limit);
    }
    JobDataFormat format = new JobDataFormat(shared.serializer(), CodecLimits.defaults());
    List<Verdict> verdicts = new ArrayList<>();
    try (HandlerClassPath classes = handlers.open()) {
      Handlers found = handlers.find(classes);
      collect((source, data) -> verdicts.add(verdict(format, found, source, data)));
    }
    if (json.isRequested()) {
      JsonOutput.print(console, asMap(verdicts));
    } else {
      print(verdicts);
    }
    return verdicts.stream().anyMatch(this::isMisfit) ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private void collect(BiConsumer<String, byte[]> each) {
    payloads.forEach(path -> Payloads.inFiles(path, each));
    if (!queues.isEmpty() || payloads.isEmpty()) {
      RedisSettings settings = shared.redis(console);
      try (RedisServer server = new RedisServer(settings);
          RqClient client = RqClient.builder(settings).build()) {
        for (String queue : queues.isEmpty() ? List.of("default") : queues) {
          Payloads.inQueue(client, server, queue, limit, each);
        }
      }
    }
  }

  private static Verdict verdict(
      JobDataFormat format, Handlers handlers, String source, byte[] data) {
    JobData call;
    try {
      call = format.decode(data);
    } catch (CodecException e) {
      return new Verdict(source, null, Verdict.Kind.UNREADABLE, e.getMessage());
    }
    String function = call.functionName();
    if (!handlers.names().contains(function)) {
      return new Verdict(
          source, function, Verdict.Kind.UNKNOWN, "no function is registered under this name");
    }
    Optional<String> problem =
        handlers.check(call).map(failure -> failure.type() + ": " + failure.message());
    return problem.isEmpty()
        ? new Verdict(source, function, Verdict.Kind.FITS, null)
        : new Verdict(source, function, Verdict.Kind.UNBINDABLE, problem.get());
  }

  private boolean isMisfit(Verdict verdict) {
    return switch (verdict.kind()) {
      case FITS -> false;
      case UNKNOWN -> !ignoreUnknown;
      case UNBINDABLE, UNREADABLE -> true;
    };
  }

  private static Map<Verdict.Kind, Integer> totals(List<Verdict> verdicts) {
    Map<Verdict.Kind, Integer> totals = new EnumMap<>(Verdict.Kind.class);
    for (Verdict.Kind kind : Verdict.Kind.values()) {
      totals.put(kind, 0);
    }
    verdicts.forEach(verdict -> totals.merge(verdict.kind(), 1, Integer::sum));
    return totals;
  }

  private void print(List<Verdict> verdicts) {
    for (Verdict verdict : verdicts) {
      if (isMisfit(verdict)) {
        @Nullable String function = verdict.function();
        console
            .out()
            .println(
                verdict.source()
                    + ": "
                    + (function == null ? "" : function + ": ")
                    + name(verdict.kind())
                    + ": "
                    + verdict.reason());
      }
    }
    List<String> parts = new ArrayList<>();
    totals(verdicts).forEach((kind, count) -> parts.add(count + " " + name(kind)));
    console.out().println(verdicts.size() + " jobs: " + String.join(", ", parts));
  }

  private static String name(Verdict.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> asMap(List<Verdict> verdicts) {
    Map<String, Object> totals = new LinkedHashMap<>();
    totals(verdicts).forEach((kind, count) -> totals.put(name(kind), count));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("totals", totals);
    all.put("jobs", verdicts.stream().map(Verdict::asMap).toList());
    return all;
  }
}
