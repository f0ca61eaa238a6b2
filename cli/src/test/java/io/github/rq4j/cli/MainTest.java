package io.github.rq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.cli.console.Console;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MainTest {

  @Test
  void help_names_the_commands() {
    CommandRun run = CommandRun.of("--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Usage: rq4j", "worker", "demo", "bench");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void the_version_is_that_of_the_build() {
    CommandRun run = CommandRun.of("--version");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).matches("rq4j, version \\d+\\.\\d+\\.\\d+\\S*\\R");
  }

  @Test
  void no_command_is_a_misuse() {
    CommandRun run = CommandRun.of();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines()).containsExactly("rq4j: a command is missing (try 'rq4j --help')");
  }

  @Test
  void an_unknown_command_is_a_misuse() {
    CommandRun run = CommandRun.of("wrok");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines()).singleElement().asString().startsWith("rq4j: ").contains("'wrok'");
  }

  @Test
  void an_unknown_option_is_a_misuse() {
    CommandRun run = CommandRun.of("worker", "--brust");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines())
        .containsExactly("rq4j worker: Unknown option: '--brust' (try 'rq4j worker --help')");
  }

  @Test
  void a_command_that_is_named_is_made_alone() {
    assertThat(commands("worker")).containsExactly("worker");
    assertThat(commands("help")).contains("worker", "worker-pool", "info", "completion", "help");
    assertThat(commands("wrok")).isEqualTo(commands("help"));
  }

  @Test
  void help_of_a_command_is_told_either_way() {
    CommandRun run = CommandRun.of("worker", "--help");

    assertThat(run.out()).startsWith("Usage: rq4j worker ");
    assertThat(CommandRun.of("help", "worker")).isEqualTo(run);
  }

  private static Set<String> commands(String argument) {
    Console console = new Console(System.out, System.err, Map.of());
    return Main.commandLine(console, argument).getSubcommands().keySet();
  }
}
