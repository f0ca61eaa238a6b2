package io.github.rq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code rq4j cron} refuses, and how. That it works is shown beside real RQ. */
final class CronRunTest {
  @TempDir private Path directory;

  private CommandRun cron(String toml) throws IOException {
    Path file = Files.writeString(directory.resolve("cron.toml"), toml);
    return CommandRun.of("cron", "--url", "redis://localhost:1", file.toString());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "zone = 'UTC' | it has no [[job]]",
        "[job] | it has no [[job]]",
        "[[job]] | job 1: a cron job needs the dotted name of a function",
        "job = [{func = 'f'}] | job 1: f: give either an interval or a cron expression",
        "job = [{func = 'f', interval = 1}, {func = 'g', cron = '* *'}] | job 2: cron expression",
        "job = [{func = 'f', interval = 0}] | job 1: the interval must be whole seconds",
        "job = [{func = 'f', interval = '5m'}] | job 1: interval must be whole seconds",
        "job = [{func = 'f', interval = 1.5}] | job 1: interval must be whole seconds",
        "job = [{func = 1, interval = 1}] | job 1: func must be a text",
        "job = [{func = 'f', interval = 1, args = 'x'}] | job 1: args must be an array",
        "job = [{func = 'f', interval = 1, kwargs = []}] | job 1: kwargs must be a table",
        "job = [{func = 'f', interval = 1, job_timeout = 0}] | job 1: timeout must be",
        "job = [{func = 'f', interval = 1, every = 2}] | job 1: there is no setting 'every'",
        "timezone = 'UTC' | there is no setting 'timezone'",
        "zone = 'Mars' ~ job = [{func = 'f', interval = 1}] | there is no zone 'Mars'",
        "serializer = 'yaml' ~ job = [{func = 'f', interval = 1}] | pickle or json, not 'yaml'",
        "job = [ | line 1: ",
      })
  void a_file_that_is_not_understood_is_a_misuse_in_one_line(String toml, String message)
      throws IOException {
    CommandRun run = cron(toml.replace(" ~ ", "\n"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines())
        .singleElement()
        .asString()
        .startsWith("rq4j cron: ")
        .contains("cron.toml: ", message);
  }

  @Test
  void a_file_that_is_not_there_is_a_misuse() {
    CommandRun run = CommandRun.of("cron", "/no/such.toml");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines()).singleElement().asString().contains("/no/such.toml: it cannot be");
  }

  @Test
  void a_redis_that_cannot_be_reached_is_a_failure() throws IOException {
    CommandRun run = cron("job = [{func = 'f', interval = 60}]");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errorLines())
        .singleElement()
        .asString()
        .contains("cannot reach Redis at redis://localhost:1/0");
  }

  @Test
  void redis_can_stand_in_a_settings_file() throws IOException {
    Path settings =
        Files.writeString(
            directory.resolve("settings.toml"), "REDIS_HOST = '127.0.0.1'\nREDIS_PORT = 1\n");
    Path jobs =
        Files.writeString(directory.resolve("cron.toml"), "job = [{func = 'f', interval = 60}]");

    CommandRun run = CommandRun.of("cron", "-c", settings.toString(), jobs.toString());

    assertThat(run.err()).contains("cannot reach Redis at redis://127.0.0.1:1/0");
  }

  @Test
  void a_serializer_of_the_command_line_is_read() throws IOException {
    Path jobs =
        Files.writeString(
            directory.resolve("cron.toml"),
            "serializer = 'json'\njob = [{func = 'f', interval = 60}]");

    CommandRun run = CommandRun.of("cron", "-S", "yaml", jobs.toString());

    assertThat(run.errorLines())
        .containsExactly("rq4j cron: --serializer must be pickle or json, not 'yaml'");
  }

  @Test
  void help_shows_what_a_file_looks_like() {
    CommandRun run = CommandRun.of("cron", "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("[[job]]", "queue_name", "--url", "--logging-level");
  }
}
