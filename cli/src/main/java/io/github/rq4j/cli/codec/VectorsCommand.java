package io.github.rq4j.cli.codec;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.codec.vectors.VectorChecker;
import io.github.rq4j.codec.vectors.VectorReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rq4j vectors}: checks the codec against folders of golden vectors. */
@Command(
    name = "vectors",
    description = {
      "Checks the codec against pickles of which a file tells the values.",
      "Reads the *.jsonl and *.jsonl.gz files of the folders: each pickle has to read as the value"
          + " described, canonical ones have to be written again byte for byte, and damaged ones"
          + " have to be refused."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {"", "Exit codes: 0 all as they should be; 1 some are not; 2 no folder of vectors."})
public final class VectorsCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders of vectors.")
  private Path[] directories = {};

  @Option(
      names = "--max-failures",
      paramLabel = "N",
      description = "Shows at most so many failures of each file. Default: 20.")
  private int maxFailures = 20;

  @Mixin final HelpOption help = new HelpOption();

  /** A command that writes to this console. */
  public VectorsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (maxFailures < 0) {
      throw CommandFailure.misuse("--max-failures must not be negative: " + maxFailures);
    }
    List<VectorFile> files = new ArrayList<>();
    for (Path directory : directories) {
      files.addAll(VectorFile.allIn(directory));
    }
    VectorTable table = new VectorTable(console.out(), maxFailures);
    VectorChecker checker = new VectorChecker(VectorsCommand::serializer);
    for (VectorFile file : files) {
      table.add(
          directories.length == 1 ? file.name() : file.path().toString(), check(checker, file));
    }
    return table.end() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** Vectors name classes of all kinds, and nothing here loads what is written. */
  private static PickleSerializer serializer(int protocol) {
    return PickleSerializer.builder().protocol(protocol).allowGlobals(global -> true).build();
  }

  private static VectorReport check(VectorChecker checker, VectorFile file) {
    try {
      return file.check(checker);
    } catch (MalformedPayloadException e) {
      throw CommandFailure.misuse(file.path() + ": " + e.getMessage(), e);
    } catch (IOException | UncheckedIOException e) {
      throw CommandFailure.misuse(file.path() + " cannot be read: " + e.getMessage(), e);
    }
  }
}
