package io.github.rq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.RqFunction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code rq4j worker} refuses, and how. */
final class WorkerUsageTest {

  /** Functions for workers that are not to get as far as running one. */
  public static final class Functions {
    private Functions() {}

    /** Does nothing. */
    @RqFunction("tasks.nothing")
    public static void nothing() {}
  }

  private static CommandRun worker(Map<String, String> environment, String... options) {
    String[] args = new String[options.length + 3];
    args[0] = "worker";
    args[1] = "--handlers";
    args[2] = Functions.class.getName();
    System.arraycopy(options, 0, args, 3, options.length);
    return CommandRun.of(environment, args);
  }

  @Test
  void help_shows_each_option_with_its_default() {
    CommandRun run = CommandRun.of("worker", "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("--url", "--burst", "--name", "--concurrency", "--classpath", "--handlers")
        .contains("--max-jobs", "--results-ttl", "--worker-ttl", "--job-monitoring-interval")
        .contains("--logging-level", "--verbose", "--quiet", "--pid", "--serializer")
        .contains("--max-idle-time", "-ds", "--dequeue-strategy", "--only-registered")
        .contains("--unknown-to", "--disable-job-desc-logging")
        .contains("--maintenance-interval", "--with-scheduler")
        .contains("--isolation", "--jobs-per-horse", "--spare-horses", "--horse-jvm-option")
        .contains("--timeout-grace", "--max-abandoned-threads")
        .contains("--exception-handler", "--disable-default-exception-handler", "--callback-queue")
        .contains("RQ_REDIS_URL", "Default: 500.", "Default: 420.", "Default: 600.");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--url | http://localhost | --url: not a Redis URL: its scheme is 'http'",
        "--url | redis://:secret@host:0 | --url: not a Redis URL: its port 0",
        "--url | redis://:secret@host?colour=red | its option 'colour' is not supported",
        "--url | redis://:secret@host?db=one | its db is not a number",
        "--url | unix://:secret@ | it names no socket",
        "--url | redis+sentinel://:secret@host:26379 | it does not name the primary",
        "--concurrency | 0 | --concurrency: concurrency must be at least 1, not 0",
        "--concurrency | many | Invalid value for option '--concurrency'",
        "--max-jobs | 0 | --max-jobs: maxJobs must be at least 1, not 0",
        "--results-ttl | -2 | --results-ttl: ",
        "--worker-ttl | 5 | --worker-ttl: ",
        "--job-monitoring-interval | 0 | --job-monitoring-interval: ",
        "--shutdown-timeout | -1 | --shutdown-timeout: ",
        "--on-shutdown | explode | --on-shutdown must be leave, fail or requeue, not 'explode'",
        "--on-crash | explode | --on-crash must be fail or requeue, not 'explode'",
        "--max-crashes | 2 | --max-crashes has no meaning without --on-crash requeue",
        "--threads | green | --threads must be platform or virtual, not 'green'",
        "--isolation | jail | --isolation must be thread or process, not 'jail'",
        "--jobs-per-horse | 5 | --horse-jvm-option need --isolation process",
        "--timeout-grace | -1 | --timeout-grace: ",
        "--max-abandoned-threads | -1 | --max-abandoned-threads: ",
        "--maintenance-interval | 0 | --maintenance-interval: ",
        "--name | a:b | --name: ",
        "--max-idle-time | 0 | --max-idle-time: maxIdleTime must be whole seconds, at least 1",
        "--unknown-to | default | --unknown-to: unknownTo must not be one of the worker's own",
        "--unknown-to | a,b | --unknown-to: a queue's name must not be empty or hold a comma",
        "--logging-level | LOUD | --logging-level must be DEBUG, INFO, WARNING, ERROR or CRITICAL",
        "--serializer | yaml | --serializer must be pickle or json, not 'yaml'",
        "--exception-handler | shop.none | no exception handler is registered as 'shop.none'",
        "--callback-queue | '' | --callback-queue: a queue's name must not be empty",
        "--classpath | /no/such.jar | --classpath: there is no /no/such.jar",
        "--handlers | no.such.Tasks | --handlers: there is no class no.such.Tasks",
        "--handlers | java.lang.String | has no method annotated with @RqFunction",
      })
  void a_bad_value_is_a_misuse_in_one_line(String option, String value, String message) {
    CommandRun run = worker(Map.of(), option, value);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines())
        .singleElement()
        .asString()
        .startsWith("rq4j worker: ")
        .contains(message)
        .doesNotContain("secret");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void a_queue_with_a_comma_is_a_misuse() {
    CommandRun run = worker(Map.of(), "high,low");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("QUEUE: a queue's name must not be empty or hold a comma");
  }

  @Test
  void verbose_and_quiet_together_are_a_misuse() {
    CommandRun run = worker(Map.of(), "-v", "-q");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--verbose and --quiet contradict each other");
  }

  @Test
  void without_functions_it_says_how_to_give_some() {
    CommandRun run = CommandRun.of("worker");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines())
        .singleElement()
        .asString()
        .contains("--handlers", "--classpath", "HandlerProvider");
  }

  @Test
  void an_unreachable_redis_is_a_failure_in_one_line() throws IOException {
    CommandRun run = worker(Map.of(), "--url", "redis://:secret@127.0.0.1:" + closedPort());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errorLines())
        .singleElement()
        .asString()
        .startsWith("rq4j worker: cannot reach Redis at redis://:***@127.0.0.1:")
        .doesNotContain("secret");
  }

  @Test
  void verbose_adds_the_stack_of_a_failure() throws IOException {
    CommandRun run = worker(Map.of(), "-v", "--url", "redis://127.0.0.1:" + closedPort());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("RedisUnavailableException", "\tat ");
  }

  @Test
  void a_bad_url_from_the_environment_is_named_after_its_variable() {
    CommandRun run = worker(Map.of("RQ_REDIS_URL", "localhost"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("rq4j worker: RQ_REDIS_URL: not a Redis URL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "QUEUES = ['high,low'] | QUEUES: a queue's name must not be empty or hold a comma",
        "NAME = 'a:b' | NAME: ",
        "REDIS_HSOT = 'x' | there is no setting REDIS_HSOT",
      })
  void a_bad_settings_file_is_named(String toml, String message, @TempDir Path directory)
      throws IOException {
    Path file = Files.writeString(directory.resolve("settings.toml"), toml);

    CommandRun run = worker(Map.of(), "--config", file.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("rq4j worker: " + file + ": " + message);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void a_dequeue_strategy_that_rq_does_not_have_is_refused_in_the_words_of_rq() {
    CommandRun run = worker(Map.of(), "-ds", "fifo");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errorLines())
        .singleElement()
        .asString()
        .endsWith(
            "ERROR: Dequeue Strategy can only be one of `default`, `random` or `round_robin`.");
  }
}
