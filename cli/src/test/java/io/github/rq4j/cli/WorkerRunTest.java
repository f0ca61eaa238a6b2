package io.github.rq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.RqFunction;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.client.wire.Keys;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.local.LocalRedis;
import io.github.rq4j.worker.HandlerProvider;
import io.github.rq4j.worker.Handlers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rq4j worker} at work, inside this JVM. */
final class WorkerRunTest {
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static LocalRedis redis;

  @TempDir private Path directory;
  private RqClient client;

  /** Functions for the jobs of these tests. */
  public static final class Functions {
    private Functions() {}

    /** Adds. */
    @RqFunction("tasks.add")
    public static long add(long x, long y) {
      return x + y;
    }

    /** Fails. */
    @RqFunction("tasks.fail")
    public static void fail() {
      throw new IllegalStateException("out of ink");
    }

    /** Tells where it runs, after it has tried to end that. */
    @RqFunction("tasks.pid")
    public static long pid(boolean end) {
      if (end) {
        System.exit(3);
      }
      return ProcessHandle.current().pid();
    }

    /** Runs for three seconds, whoever interrupts it. */
    @RqFunction("tasks.ignore")
    public static void ignore() {
      long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }
  }

  @BeforeAll
  static void startRedis() {
    redis = LocalRedis.start();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void connect() {
    client = RqClient.connect(redis.uri().toString());
  }

  @AfterEach
  void empty() {
    client.close();
    onRedis(Command.of("FLUSHALL"));
  }

  private static void onRedis(Command command) {
    try (RedisServer server = new RedisServer(RedisSettings.parse(redis.uri().toString()))) {
      server.with(connection -> connection.call(command));
    }
  }

  private static CommandRun burst(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("worker", "--burst", "--name", "w1", "--handlers", Functions.class.getName()));
    args.addAll(List.of(more));
    return CommandRun.of(
        Map.of("RQ_REDIS_URL", redis.uri().toString()), args.toArray(new String[0]));
  }

  @Test
  void a_burst_worker_runs_what_waits_and_ends() {
    Job job = client.queue("default").enqueue(Call.of("tasks.add").args(1, 2));

    CommandRun run = burst();

    assertThat(run.exitCode()).isZero();
    assertThat(job.resultAs(Long.class, WAIT)).isEqualTo(3);
  }

  private Path settings() throws IOException {
    return Files.writeString(
        directory.resolve("settings.toml"),
        "REDIS_URL = '%s'%nQUEUES = ['listed', 'other']%nNAME = 'w2'%n".formatted(redis.uri()));
  }

  @Test
  void redis_name_and_queues_can_stand_in_a_settings_file() throws Exception {
    Job job = client.queue("listed").enqueue(Call.of("tasks.add").args(1, 2));

    CommandRun run =
        CommandRun.of(
            "worker", "-b", "-c", settings().toString(), "--handlers", Functions.class.getName());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Worker w2: ", "*** Listening on listed, other...");
    assertThat(job.resultAs(Long.class, WAIT)).isEqualTo(3);
  }

  @Test
  void name_and_queues_of_the_command_line_win_over_the_settings_file() throws Exception {
    CommandRun run = burst("-c", settings().toString(), "given");

    assertThat(run.out()).contains("Worker w1: ", "*** Listening on given...");
  }

  @Test
  void a_worker_whose_process_is_worn_out_ends_with_a_code_of_its_own() {
    Job stubborn =
        client
            .queue("default")
            .enqueue(
                Call.of("tasks.ignore"),
                EnqueueOptions.builder().timeout(Duration.ofSeconds(1)).build());

    CommandRun run = burst("--timeout-grace", "0", "--max-abandoned-threads", "0");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("more threads were given up than may be (0)");
    assertThat(stubborn.status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void jobs_run_in_processes_of_their_own_where_that_is_asked_for() {
    Job first = client.queue("default").enqueue(Call.of("tasks.pid").args(false));
    Job ended = client.queue("default").enqueue(Call.of("tasks.pid").args(true));
    Job last = client.queue("default").enqueue(Call.of("tasks.pid").args(false));

    CommandRun run =
        burst("--isolation", "process", "--horse-jvm-option=-Xmx64m", "--jobs-per-horse", "2");

    assertThat(run.exitCode()).isZero();
    assertThat(first.resultAs(Long.class, WAIT)).isNotEqualTo(ProcessHandle.current().pid());
    assertThat(ended.latestResult().orElseThrow().excString())
        .isEqualTo("Work-horse terminated unexpectedly; waitpid returned 768; ");
    assertThat(last.resultAs(Long.class, WAIT)).isNotEqualTo(first.resultAs(Long.class, WAIT));
  }

  @Test
  void horses_take_the_serializer_that_the_worker_was_given() {
    try (RqClient json =
        RqClient.builder(redis.uri().toString()).serializer(JsonSerializer.defaults()).build()) {
      Job job = json.queue("default").enqueue(Call.of("tasks.add").args(1, 2));

      CommandRun run = burst("--isolation", "process", "--spare-horses", "0", "-S", "json");

      assertThat(run.exitCode()).isZero();
      assertThat(job.resultAs(Long.class, WAIT)).isEqualTo(3);
    }
  }

  @Test
  void a_unix_socket_and_the_option_for_the_database_are_accepted() {
    Path socket = directory.resolve("redis.sock");
    try (LocalRedis local =
        LocalRedis.builder().arguments("--unixsocket", socket.toString()).start()) {
      try (RqClient third = RqClient.connect(local.uri() + "/3")) {
        Job job = third.queue("default").enqueue(Call.of("tasks.add").args(1, 2));

        CommandRun run = burst("--url", "unix://" + socket + "?db=3");

        assertThat(run.exitCode()).isZero();
        assertThat(job.resultAs(Long.class, WAIT)).isEqualTo(3);
      }
    }
  }

  @Test
  void its_log_reads_like_that_of_rq() {
    Job job = client.queue("high").enqueue(Call.of("tasks.add").args(1, 2));

    CommandRun run = burst("high", "default");

    assertThat(run.out().lines())
        .anyMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d Worker w1: started with PID \\d+, .*"))
        .anyMatch(line -> line.endsWith(" *** Listening on high, default..."))
        .anyMatch(line -> line.endsWith("high: tasks.add(1, 2) (" + job.id() + ")"))
        .anyMatch(line -> line.matches(".* Successfully completed tasks.add\\(1, 2\\) job in .*"))
        .anyMatch(line -> line.endsWith(" Worker w1: done, quitting"));
    assertThat(run.err()).isEmpty();
  }

  @Test
  void a_failing_job_is_told_on_standard_error_and_does_not_fail_the_worker() {
    Job job = client.queue("default").enqueue(Call.of("tasks.fail"));

    CommandRun run = burst();

    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .contains("job " + job.id() + ": exception raised while executing (tasks.fail)\n")
        .contains("java.lang.IllegalStateException: out of ink");
    assertThat(run.out()).doesNotContain("out of ink");
  }

  /** An exception handler, as a jar brings it. */
  public static final class Noting implements HandlerProvider {
    static final List<String> SEEN = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void register(Handlers.Builder handlers) {
      for (String name : List.of("shop.first", "shop.second")) {
        handlers.exceptionHandler(name, (job, failure) -> SEEN.add(name + " " + failure.message()));
      }
    }
  }

  @Test
  void exception_handlers_are_called_in_the_order_of_their_options() throws Exception {
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(services.resolve(HandlerProvider.class.getName()), Noting.class.getName());
    client.queue("default").enqueue(Call.of("tasks.fail"));

    CommandRun run =
        burst(
            "--classpath",
            directory.toString(),
            "--exception-handler",
            "shop.second",
            "--exception-handler",
            "shop.first");

    assertThat(run.exitCode()).isZero();
    assertThat(Noting.SEEN).containsExactly("shop.second out of ink", "shop.first out of ink");
  }

  @Test
  void without_the_default_exception_handler_a_failure_leaves_no_result() {
    Job job = client.queue("default").enqueue(Call.of("tasks.fail"));

    CommandRun run = burst("-d");

    assertThat(run.exitCode()).isZero();
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.latestResult()).isEmpty();
  }

  @Test
  void quiet_leaves_out_what_goes_well() {
    client.queue("default").enqueue(Call.of("tasks.add").args(1, 2));

    CommandRun run = burst("--quiet");

    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void max_jobs_leaves_the_rest_in_the_queue() {
    Job first = client.queue("default").enqueue(Call.of("tasks.add").args(1, 2));
    Job second = client.queue("default").enqueue(Call.of("tasks.add").args(3, 4));

    CommandRun run = burst("--max-jobs", "1");

    assertThat(run.exitCode()).isZero();
    assertThat(first.status()).isEqualTo(JobStatus.FINISHED);
    assertThat(second.status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void with_a_scheduler_jobs_that_are_due_are_run() {
    Job job = client.queue("default").enqueue(Call.of("tasks.add").args(1, 2));
    onRedis(Command.of("DEL", Keys.queue("default")));
    onRedis(Command.of("ZADD", Keys.scheduled("default"), "5", job.id()));

    burst("--with-scheduler");

    assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
  }

  @Test
  void jobs_of_the_json_serializer_are_run_with_it() {
    try (RqClient json =
        RqClient.builder(redis.uri().toString()).serializer(JsonSerializer.defaults()).build()) {
      Job job = json.queue("default").enqueue(Call.of("tasks.add").args(20, 22));

      burst("-S", "json");

      assertThat(job.resultAs(Long.class, WAIT)).isEqualTo(42);
    }
  }

  @Test
  void the_process_id_is_written_to_a_file() {
    Path file = directory.resolve("worker.pid");

    burst("--pid", file.toString());

    assertThat(file).hasContent(Long.toString(ProcessHandle.current().pid()));
  }

  @Test
  void a_process_id_file_that_cannot_be_written_is_a_failure() throws Exception {
    Path file = Files.createDirectory(directory.resolve("taken"));

    CommandRun run = burst("--pid", file.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errorLines()).singleElement().asString().contains("cannot write the process id");
  }

  @Test
  void while_rq_is_suspended_no_worker_starts() {
    onRedis(Command.of("SET", Keys.SUSPENDED, "1"));
    Job job = client.queue("default").enqueue(Call.of("tasks.add").args(1, 2));

    CommandRun run = burst();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errorLines()).singleElement().asString().contains("RQ is suspended");
    assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void a_name_that_is_taken_is_a_failure_in_one_line() {
    onRedis(Command.of("HSET", Keys.worker("w1"), "birth", "2026-11-22T03:00:00.000000Z"));

    CommandRun run = burst();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errorLines()).singleElement().asString().contains("'w1'");
  }

  @Test
  void round_robin_takes_turns_between_the_queues() {
    for (String queue : List.of("a", "a", "b")) {
      client.queue(queue).enqueue(Call.of("tasks.add").args(1, 2));
    }

    CommandRun run = burst("-ds", "round_robin", "a", "b");

    assertThat(run.out().lines().filter(line -> line.contains(": tasks.add(1, 2) (")))
        .extracting(line -> line.replaceAll(".*Worker w1: (.): .*", "$1"))
        .containsExactly("a", "b", "a");
  }

  @Test
  void descriptions_can_be_left_out_of_the_log() {
    Job job = client.queue("default").enqueue(Call.of("tasks.add").args(1, 2));

    CommandRun run = burst("--disable-job-desc-logging");

    assertThat(run.out()).contains(job.id()).doesNotContain("tasks.add(1, 2)");
  }

  @Test
  void only_jobs_that_have_a_function_are_taken_if_so_asked() {
    Job foreign = client.queue("default").enqueue(Call.of("python.only"));
    Job ours = client.queue("default").enqueue(Call.of("tasks.add").args(1, 2));

    burst("--only-registered");

    assertThat(foreign.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(ours.status()).isEqualTo(JobStatus.FINISHED);
  }

  @Test
  void jobs_without_a_function_go_to_the_queue_that_is_named() {
    Job foreign = client.queue("default").enqueue(Call.of("python.only"));

    CommandRun run = burst("--unknown-to", "python");

    assertThat(foreign.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(run.out()).contains("job " + foreign.id() + " moved from default to python");
  }

  @Test
  void an_idle_worker_ends_with_the_words_of_rq() {
    CommandRun run =
        CommandRun.of(
            Map.of("RQ_REDIS_URL", redis.uri().toString()),
            "worker",
            "--name",
            "w1",
            "--max-idle-time",
            "1",
            "--handlers",
            Functions.class.getName());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .anyMatch(line -> line.endsWith(" Worker w1: idle for 1 seconds, quitting"));
  }
}
