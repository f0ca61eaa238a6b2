package io.github.rq4j.cli.enqueue;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import io.github.rq4j.cli.settings.SharedOptions;
import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.python.PythonRepr;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rq4j enqueue}: enqueues a call of a Python function. */
@Command(
    name = "enqueue",
    description = "Enqueues a call of a function, as 'rq enqueue'.",
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "An ARGUMENT is text, :json or %%literal (of Python), or one of these with a name: k=text,"
          + " k:=json, k%%=literal. Where the text, JSON or literal begins with @, the rest names"
          + " the file that holds it.",
      "",
      "Exit codes: 0 enqueued; 1 a file or Redis cannot be reached; 2 called wrongly.",
      "",
      "Example:",
      "  rq4j enqueue -q high tasks.add :1 y%%=2"
    })
public final class EnqueueCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "FUNCTION",
      description = "The dotted name of the function.")
  private String function = "";

  @Parameters(
      index = "1..*",
      paramLabel = "ARGUMENT",
      arity = "0..*",
      description = "Its arguments, see below.")
  private List<String> arguments = List.of();

  @Option(
      names = {"-q", "--queue"},
      paramLabel = "QUEUE",
      description = "Where to. Default: default.")
  private String queue = "default";

  @Mixin private final JobOptions options = new JobOptions();

  @Option(names = "--quiet", description = "Says nothing when it is done.")
  private boolean quiet;

  @Mixin private final SharedOptions shared = new SharedOptions();
  @Mixin final HelpOption help = new HelpOption();

  /** A command that writes to this console. */
  public EnqueueCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    FunctionArguments given = FunctionArguments.parse(arguments);
    String text = text(given);
    EnqueueOptions jobOptions = options.enqueueOptions(text);
    Instant time = options.time(Instant.now());
    try (RqClient client = shared.client(console)) {
      Queue to = client.queue(queue).withSerializer(new ListedArguments(shared.serializer()));
      Job job =
          time == null
              ? to.enqueue(call(given), jobOptions)
              : to.enqueueAt(time, call(given), jobOptions);
      if (!quiet) {
        String shown = console.terminal().blue(text);
        console.out().println("Enqueued " + shown + " with job-id '" + job.id() + "'.");
      }
    } catch (IllegalArgumentException | UnsupportedValueException e) {
      throw CommandFailure.misuse(String.valueOf(e.getMessage()), e);
    }
    return ExitCode.OK;
  }

  private Call call(FunctionArguments given) {
    Call call = Call.of(function).args(given.args().toArray());
    for (Map.Entry<String, @Nullable Object> kwarg : given.kwargs().entrySet()) {
      call = call.kwarg(kwarg.getKey(), kwarg.getValue());
    }
    return call;
  }

  /** The call as Python would write it, whole, which RQ's command stores as the description. */
  private String text(FunctionArguments given) {
    List<String> texts = new ArrayList<>();
    given.args().forEach(value -> texts.add(PythonRepr.of(value, Integer.MAX_VALUE)));
    given.kwargs().entrySet().stream()
        .map(kwarg -> kwarg.getKey() + "=" + PythonRepr.of(kwarg.getValue(), Integer.MAX_VALUE))
        .sorted()
        .forEach(texts::add);
    return function + "(" + String.join(", ", texts) + ")";
  }
}
