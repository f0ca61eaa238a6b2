package io.github.rq4j.cli.stubs;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import io.github.rq4j.cli.worker.HandlerClassPath;
import io.github.rq4j.cli.worker.HandlerOptions;
import io.github.rq4j.worker.FunctionDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rq4j stubs}: writes Python modules with the signatures of Java functions. */
@Command(
    name = "stubs",
    description = {
      "Writes Python modules with a function for each registered Java function, so that Python code"
          + " can import, check and enqueue them.",
      "A function 'shop.tasks.render' goes to DIR/shop/tasks.py: RQ stores a function by the name"
          + " of its module, so only a module of that name gives the job the right one."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Exit codes: 0 written; 1 could not be written, or a function has a name that Python cannot"
          + " import; 2 called wrongly.",
      "",
      "Example:",
      "  rq4j stubs --classpath shop.jar --handlers shop.Tasks --queue java -o src"
    })
public final class StubsCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final HandlerOptions handlers = new HandlerOptions();

  @Option(
      names = "--queue",
      paramLabel = "QUEUE",
      description =
          "The queue of the Java workers, to which a Python worker hands over a job that it took by"
              + " mistake. Default: the job fails there.")
  private @Nullable String queue;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Where to put the modules, below the directories of their packages. Default: .")
  private Path output = Path.of(".");

  @Mixin final HelpOption help = new HelpOption();

  /** A command that writes to this console. */
  public StubsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if ((Files.exists(output) && !Files.isDirectory(output)) || output.toString().endsWith(".py")) {
      throw CommandFailure.misuse(
          "--output: "
              + output
              + " is to be a directory: each Python module gets a file of its own");
    }
    List<FunctionDescription> functions;
    try (HandlerClassPath classes = handlers.open()) {
      functions = handlers.find(classes).functions();
    }
    List<String> unwritable =
        functions.stream()
            .map(FunctionDescription::name)
            .filter(name -> !PythonNames.isFunctionOfModule(name))
            .toList();
    write(
        functions.stream()
            .filter(function -> PythonNames.isFunctionOfModule(function.name()))
            .toList());
    if (!unwritable.isEmpty()) {
      throw CommandFailure.failure(
          "no stub for "
              + String.join(", ", unwritable)
              + ": Python can import only identifiers from a module, such as shop.tasks.render;"
              + " enqueue by name instead");
    }
    return ExitCode.OK;
  }

  private void write(List<FunctionDescription> functions) throws IOException {
    Map<String, List<FunctionDescription>> modules = new TreeMap<>();
    for (FunctionDescription function : functions) {
      String name = function.name();
      modules
          .computeIfAbsent(name.substring(0, name.lastIndexOf('.')), key -> new ArrayList<>())
          .add(function);
    }
    for (Map.Entry<String, List<FunctionDescription>> module : modules.entrySet()) {
      String path = module.getKey().replace('.', '/');
      boolean hasSubmodules =
          modules.keySet().stream().anyMatch(other -> other.startsWith(module.getKey() + "."));
      Path file = output.resolve(path + (hasSubmodules ? "/__init__.py" : ".py"));
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(
          file, new StubModule(module.getValue(), Optional.ofNullable(queue)).source());
      console.out().println(file + ": " + names(module.getValue()));
    }
  }

  private static String names(List<FunctionDescription> functions) {
    return String.join(", ", functions.stream().map(FunctionDescription::name).toList());
  }
}
