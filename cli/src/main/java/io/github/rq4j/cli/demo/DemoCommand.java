package io.github.rq4j.cli.demo;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import io.github.rq4j.cli.console.LogLevel;
import io.github.rq4j.cli.console.LogOutput;
import io.github.rq4j.cli.console.Verbosity;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.local.LocalToolException;
import io.github.rq4j.local.PythonUnavailableException;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rq4j demo}: shows that real Python RQ and Java run each other's jobs. */
@Command(
    name = "demo",
    description = {
      "Shows, as it happens, that real Python RQ and Java run each other's jobs.",
      "Needs Python 3; makes itself a virtualenv with the newest RQ, which later runs use again."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Exit codes: 0 every job ended as expected; 1 one did not; 2 something is missing here."
    })
public final class DemoCommand implements Callable<Integer>, Verbosity {
  private final Console console;

  @Option(
      names = {"-u", "--url"},
      paramLabel = "URL",
      description =
          "A Redis of your own, as for 'rq4j worker', except redis+sentinel://, which Python RQ"
              + " does not read. The demo uses queues of its own there, and deletes them. Default:"
              + " starts a Redis.")
  private @Nullable String url;

  @Option(
      names = "--keep",
      description =
          "Keeps jobs, queues and Python scripts for a look around; a Redis that the demo started"
              + " runs on until Ctrl-C, but not longer than 10 minutes.")
  private boolean keep;

  @Option(
      names = {"-v", "--verbose"},
      description = "Shows an unexpected failure with its stack.")
  private boolean verbose;

  @Mixin final HelpOption help = new HelpOption();

  /** A command that writes to this console. */
  public DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public boolean isVerbose() {
    return verbose;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    check(url);
    if (url != null && url.strip().toLowerCase(Locale.ROOT).matches("rediss?\\+sentinel:.*")) {
      throw CommandFailure.misuse(
          "--url: Python RQ does not read URLs of sentinels; name the primary itself");
    }
    Narrator narrator = new Narrator(console.out());
    LogOutput.configure(narrator.voice("java"), narrator.voice("java"), LogLevel.WARNING);
    try {
      return tell(narrator, url) ? ExitCode.OK : ExitCode.SOFTWARE;
    } catch (PythonUnavailableException e) {
      throw CommandFailure.misuse("real RQ needs Python 3: " + e.getMessage(), e);
    } catch (LocalToolException e) {
      throw CommandFailure.failure(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      if (narrator.hasEnded()) {
        return ExitCode.SOFTWARE; // what fails because all is being taken down is no news
      }
      throw e;
    }
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

  private boolean tell(Narrator narrator, @Nullable String redis)
      throws IOException, InterruptedException {
    try (Stage stage = Stage.set(narrator, redis, keep)) {
      ResultTable results = new ResultTable();
      new PythonToJava(stage).tell(results);
      new JavaToPython(stage).tell(results);
      narrator.heading("What was sent and what came back");
      results.print(narrator);
      stage.lookAround();
      return results.allAsExpected();
    }
  }
}
