package io.github.rq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.cli.demo.DemoTasks;
import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.WorkerSnapshot;
import io.github.rq4j.local.LocalRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Each command that talks to Redis through the launcher script. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class CommandsIT {
  private static LocalRedis redis;

  @TempDir private Path directory;
  private RqClient client;

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
    client.queues().forEach(queue -> queue.delete());
    client.workers().resume();
    client.close();
  }

  private ProcessBuilder command(String... args) {
    ProcessBuilder command = new Launcher(directory).command(args);
    command.environment().put("RQ_REDIS_URL", redis.uri().toString());
    return command;
  }

  private CommandRun run(String... args) throws Exception {
    return new Launcher(directory).run(command(args));
  }

  @Test
  void info_shows_a_bar_for_each_queue() throws Exception {
    client.queue("default").enqueue(Call.of("tasks.nap"));

    CommandRun run = run("info", "--only-queues");

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo(
            "default      |█ 1, 0 executing, 0 finished, 0 failed\n1 queues, 1 jobs total\n");
  }

  @Test
  void info_starts_without_logging_management_and_json() throws Exception {
    Path loaded = directory.resolve("classes");
    ProcessBuilder info = command("info");
    info.environment().put("JAVA_OPTS", "-Xlog:class+load=info:file=" + loaded);

    assertThat(new Launcher(directory).run(info).exitCode()).isZero();

    assertThat(Files.readAllLines(loaded))
        .anyMatch(line -> line.contains("io.github.rq4j.cli.info.InfoCommand "))
        .noneMatch(line -> line.contains(" ch.qos.logback."))
        .noneMatch(line -> line.contains(" com.sun.jmx."))
        .noneMatch(line -> line.contains(" com.fasterxml."));
  }

  @Test
  void a_quiet_worker_starts_without_what_it_has_no_need_of() throws Exception {
    assertThat(classesOfAWorker("uptime"))
        .anyMatch(line -> line.contains(" io.github.rq4j.worker.RqWorker "))
        .anyMatch(line -> line.contains(" ch.qos.logback.classic.LoggerContext "))
        // Logback's search for a configuration, and the language of its patterns.
        .noneMatch(line -> line.contains(" ch.qos.logback.classic.util.ContextInitializer "))
        .noneMatch(line -> line.contains(" ch.qos.logback.classic.PatternLayout "))
        // The time of log lines.
        .noneMatch(line -> line.contains(" java.time.zone.TzdbZoneRulesProvider "))
        // What a record makes of method handles for equals and hashCode.
        .noneMatch(line -> line.contains(" java.lang.runtime.ObjectMethods "))
        // The options of the program itself, and 'rq4j help'.
        .noneMatch(line -> line.contains(" picocli.CommandLine$HelpCommand "));
  }

  /** A line for each class that a worker loads, behind this decoration of the JVM's log. */
  private List<String> classesOfAWorker(String decoration) throws Exception {
    Job job = client.queue("default").enqueue(Call.of("tasks.nap").args(0));
    Path loaded = directory.resolve("classes");
    ProcessBuilder worker =
        command("worker", "--burst", "--quiet", "--handlers", DemoTasks.class.getName());
    worker
        .environment()
        .put("JAVA_OPTS", "-Xlog:class+load=info:file=" + loaded + ":" + decoration);
    assertThat(new Launcher(directory).run(worker).exitCode()).isZero();
    assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
    job.delete();
    return Files.readAllLines(loaded);
  }

  @Test
  void info_is_shown_again_and_again_until_it_is_interrupted() throws Exception {
    Launcher launcher = new Launcher(directory);
    Process info = launcher.start(command("info", "--interval", "0.1"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> launcher.output().split("Updated", -1).length > 3);
    info.destroy();

    CommandRun run = launcher.finish(info);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).endsWith("\n\n");
  }

  @Test
  void enqueue_stores_a_job() throws Exception {
    CommandRun run = run("enqueue", "--job-id", "j1", "tasks.add", ":1", "y%=2");

    assertThat(run.out()).isEqualTo("Enqueued tasks.add(1, y=2) with job-id 'j1'.\n");
    assertThat(client.job("j1").status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void requeue_tells_what_it_could_not_do() throws Exception {
    CommandRun run = run("requeue", "--queue", "default", "nosuch");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("Unable to requeue 1 jobs");
  }

  @Test
  void empty_tells_how_many_jobs_it_removed() throws Exception {
    client.queue("default").enqueue(Call.of("tasks.nap"));

    CommandRun run = run("empty", "--all");

    assertThat(run.out()).isEqualTo("1 jobs removed from default queue\n");
    assertThat(client.queue("default").size()).isZero();
  }

  @Test
  void suspend_and_resume_are_seen_by_workers() throws Exception {
    assertThat(run("suspend").out()).startsWith("Suspending workers.");
    assertThat(client.workers().isSuspended()).isTrue();

    assertThat(run("resume").out()).isEqualTo("Resuming workers.\n");
    assertThat(client.workers().isSuspended()).isFalse();
  }

  @Test
  void inspect_shows_a_job() throws Exception {
    String id = client.queue("default").enqueue(Call.of("tasks.nap").args(1)).id();

    CommandRun run = run("inspect", id);

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("function: tasks.nap\n", "args: (1,)\n");
  }

  @Test
  void tail_ends_well_when_it_is_interrupted() throws Exception {
    client.queue("default");
    Launcher launcher = new Launcher(directory);
    Process tail = launcher.start(command("tail", "--interval", "0.1", "--json"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              client.queue("default").enqueue(Call.of("tasks.nap"));
              return launcher.output().contains("enqueued");
            });
    tail.destroy();

    assertThat(launcher.finish(tail).exitCode()).isZero();
  }

  @Test
  void doctor_finds_a_queue_without_worker() throws Exception {
    client.queue("default").enqueue(Call.of("tasks.nap"));

    CommandRun run = run("doctor");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("queue default: 1 jobs wait, and no worker works on it");
  }

  @Test
  void verify_tries_jobs_against_functions() throws Exception {
    client.queue("default").enqueue(Call.of("tasks.nap").args(1));

    CommandRun run = run("verify", "--handlers", DemoTasks.class.getName());

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("1 jobs: 1 fits");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void cron_enqueues_until_it_is_interrupted() throws Exception {
    Path jobs = directory.resolve("cron.toml");
    Files.writeString(
        jobs, "job = [{func = 'tasks.nap', queue_name = 'nightly', interval = 3600}]");
    Launcher launcher = new Launcher(directory);
    Process cron = launcher.start(command("cron", jobs.toString()));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> client.queue("nightly").size() == 1);
    cron.destroy();

    assertThat(launcher.finish(cron).exitCode()).isZero();
  }

  @Test
  void stubs_are_written_for_functions() throws Exception {
    Path stubs = Files.createDirectory(directory.resolve("stubs"));

    CommandRun run = run("stubs", "--handlers", DemoTasks.class.getName(), "-o", stubs.toString());

    assertThat(run.err()).isEmpty();
    assertThat(stubs.resolve("tasks.py")).content().contains("def nap(");
  }

  @Test
  void pickle_shows_what_a_pickle_holds() throws Exception {
    Path file = Files.write(directory.resolve("one.pickle"), new byte[] {'I', '1', '\n', '.'});

    CommandRun run = run("pickle", "decode", "--to", "python", file.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.out().strip()).isEqualTo("1");
  }

  private List<WorkerSnapshot> workers() {
    return client.workers().onQueue("pooled");
  }

  @Test
  void a_pool_replaces_a_worker_that_dies_and_ends_with_its_workers() throws Exception {
    Launcher launcher = new Launcher(directory);
    Process pool =
        launcher.start(
            command("worker-pool", "-n", "2", "--handlers", DemoTasks.class.getName(), "pooled"));
    Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> workers().size() == 2);
    WorkerSnapshot killed = workers().get(0);
    ProcessHandle.of(Objects.requireNonNull(killed.pid())).orElseThrow().destroyForcibly();
    Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> workers().size() == 3);
    pool.destroy();

    CommandRun run = launcher.finish(pool);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains(
            "Worker " + killed.name() + " with pid " + killed.pid() + " is dead",
            "Sending stop signal to 2 workers",
            "All workers stopped, exiting...");
    assertThat(workers()).extracting(WorkerSnapshot::name).containsExactly(killed.name());
  }

  @Test
  void a_pool_in_burst_mode_ends_when_the_queues_are_empty() throws Exception {
    Job job = client.queue("pooled").enqueue(Call.of("tasks.nap").args(0));

    CommandRun run =
        run("worker-pool", "--burst", "--handlers", DemoTasks.class.getName(), "pooled");

    assertThat(run.exitCode()).isZero();
    assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
  }

  @Test
  void workers_of_a_pool_read_its_settings_file() throws Exception {
    Job job = client.queue("pooled").enqueue(Call.of("tasks.nap").args(0));
    Path settings =
        Files.writeString(
            directory.resolve("settings.toml"), "QUEUES = ['pooled']\nNAME = 'not for pools'\n");

    CommandRun run =
        run(
            "worker-pool",
            "--burst",
            "-c",
            settings.toString(),
            "--handlers",
            DemoTasks.class.getName());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).doesNotContain("Worker not for pools");
    assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
  }

  @Test
  void a_pool_whose_workers_are_called_wrongly_ends() throws Exception {
    CommandRun run = run("worker-pool", "--no-such-option");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("rq4j worker: Unknown option: '--no-such-option'");
  }

  @Test
  void completion_is_read_by_bash() throws Exception {
    Path script =
        Files.writeString(directory.resolve("rq4j.bash"), run("completion", "bash").out());

    CommandRun run =
        new Launcher(directory)
            .run(
                new Launcher(directory)
                    .program(
                        "bash",
                        "-c",
                        "source "
                            + script
                            + "; COMP_WORDS=(rq4j inf); COMP_CWORD=1; _complete_rq4j 2>/dev/null;"
                            + " echo \"${COMPREPLY[@]}\""));

    assertThat(run.out()).isEqualTo("info\n");
  }

  @Test
  @EnabledIf("hasZsh")
  void completion_is_read_by_zsh() throws Exception {
    Path script = Files.writeString(directory.resolve("rq4j.zsh"), run("completion", "zsh").out());
    // A shell on a terminal of its own; the line that Tab has completed is printed by 'echo'.
    String terminal =
        """
        zmodload zsh/zpty
        zpty z 'zsh -f -i'
        zpty -w z 'source %s; bindkey "^I" complete-word; print REA""DY'
        zpty -r z line '*READY*'
        zpty -w -n z $'rq4j inf\\t\\C-aecho completed: \\n'
        zpty -r z line $'*\\ncompleted: rq4j info*'
        print -r -- "${line##*$'\\n'}"
        zpty -d z
        """
            .formatted(script);
    ProcessBuilder zsh = new Launcher(directory).program("zsh", "-f", "-c", terminal);
    zsh.environment().put("HOME", directory.toString());

    CommandRun run = new Launcher(directory).run(zsh);

    assertThat(run.out()).startsWith("completed: rq4j info");
  }

  static boolean hasZsh() {
    return Stream.of(String.valueOf(System.getenv("PATH")).split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "zsh")));
  }

  @Test
  void a_redis_that_cannot_be_reached_is_told_in_a_sentence() throws Exception {
    CommandRun run = run("info", "--url", "redis://localhost:1");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.errorLines())
        .singleElement()
        .asString()
        .startsWith("rq4j info: cannot reach Redis at redis://localhost:1/0");
  }
}
