package io.github.rq4j.cli.archive;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rq4j class-archive}: prepares quick starts. */
@Command(
    name = "class-archive",
    description = {
      "Makes the archive of classes with which commands and workers start in half the time.",
      "Run it once where the program is installed, such as when an image is built."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "It rehearses some commands on a Redis server of its own, for some seconds.",
      "Exit codes: 0 done; 1 it could not be made; 2 called wrongly."
    })
public final class ClassArchiveCommand implements Callable<Integer> {
  private final Console console;
  private final Class<?> main;
  private final Rehearsal rehearsal;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "Where to. Default: where the launcher script looks for it.")
  private @Nullable Path file;

  @Option(names = "--rehearse", hidden = true)
  private boolean rehearses;

  @Mixin final HelpOption help = new HelpOption();

  /**
   * A command that writes to this console.
   *
   * @param main the class with which a JVM runs commands
   * @param commands runs commands in this JVM
   */
  public ClassArchiveCommand(Console console, Class<?> main, CommandRunner commands) {
    this.console = console;
    this.main = main;
    this.rehearsal = new Rehearsal(commands);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rehearses) {
      return rehearsal.run();
    }
    Path target = target();
    new ClassArchive(target, System.getProperty("java.class.path"))
        .make(List.of(main.getName(), "class-archive", "--rehearse"));
    console.out().printf("Wrote %s, %d MB%n", target, Files.size(target) >> 20);
    return ExitCode.OK;
  }

  private Path target() {
    String usual = System.getProperty("rq4j.classArchive");
    if (file != null) {
      return file.toAbsolutePath();
    }
    if (usual == null || usual.isEmpty()) {
      throw CommandFailure.misuse("say where to: no launcher script looks for an archive");
    }
    return Path.of(usual);
  }
}
