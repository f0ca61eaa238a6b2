package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Dialect;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Jobs that run in child processes, and what becomes of both. */
@Isolated("channels belong to the server, not to a database")
@WithRedis
class ProcessIsolationTest {
  private static final String TIMEOUT =
      "rq.timeouts.JobTimeoutException: Task exceeded maximum timeout value (1 seconds)\n";
  private static final String KILLED =
      "Work-horse terminated unexpectedly; waitpid returned 9 (signal 9); ";

  @TempDir private Path directory;
  private WorkerFixture fixture;

  @BeforeEach
  void connect(TestRedis redis) {
    fixture = new WorkerFixture(redis);
  }

  @AfterEach
  void disconnect() {
    fixture.close();
  }

  private ProcessIsolation horses() {
    return ProcessIsolation.of(HorseTasks.class)
        .spareHorses(0)
        .jvmOptions("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
        .output(
            Redirect.appendTo(directory.resolve("out").toFile()),
            Redirect.appendTo(directory.resolve("err").toFile()));
  }

  private RqWorkerBuilder worker(ProcessIsolation isolation) {
    return RqWorker.builder(fixture.redis.uri().toString(), new HorseTasks().handlers())
        .name("w")
        .timeoutGrace(Duration.ofMillis(200))
        .isolation(isolation);
  }

  private void burst() throws InterruptedException {
    burst(horses());
  }

  private void burst(ProcessIsolation isolation) throws InterruptedException {
    try (RqWorker worker = worker(isolation).burst(true).build()) {
      worker.runUntilShutdown();
    }
  }

  private Job enqueue(String id, Call call) {
    return enqueue(call, EnqueueOptions.builder().jobId(id));
  }

  private Job enqueue(Call call, EnqueueOptions.Builder options) {
    return fixture.enqueue("default", call, options);
  }

  private static EnqueueOptions.Builder shortly(String id) {
    return EnqueueOptions.builder().jobId(id).timeout(Duration.ofSeconds(1));
  }

  private static String text(Job job) {
    return Objects.requireNonNull(job.latestResult().orElseThrow().excString());
  }

  private static long pid(Job job) {
    return Objects.requireNonNull(job.resultAs(Long.class, Duration.ofSeconds(20)));
  }

  /** The process that runs a job which tells it in a file. */
  private ProcessHandle running(Path file) throws IOException {
    WorkerFixture.await().until(() -> Files.exists(file));
    return ProcessHandle.of(Long.parseLong(Files.readString(file))).orElseThrow();
  }

  private static void awaitEnd(ProcessHandle process) {
    WorkerFixture.await().until(() -> !process.isAlive());
  }

  @Test
  void jobs_run_in_turn_in_one_process_that_is_not_the_workers() throws InterruptedException {
    Job first = enqueue("a", Call.of("pid"));
    Job second = enqueue("b", Call.of("pid"));
    burst();
    assertThat(pid(first)).isNotEqualTo(ProcessHandle.current().pid()).isEqualTo(pid(second));
    assertThat(ProcessHandle.of(pid(first)).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void a_horse_that_has_had_its_jobs_is_replaced() throws InterruptedException {
    Job first = enqueue("a", Call.of("pid"));
    Job second = enqueue("b", Call.of("pid"));
    Job third = enqueue("c", Call.of("pid"));
    burst(horses().jobsPerHorse(2));
    assertThat(pid(first)).isEqualTo(pid(second)).isNotEqualTo(pid(third));
  }

  @Test
  void a_spare_horse_takes_the_place_of_one_that_was_killed() throws Exception {
    Path file = directory.resolve("a");
    try (RqWorker worker = worker(horses().spareHorses(1)).build()) {
      worker.start();
      enqueue("a", Call.of("hold").args(file.toString()));
      ProcessHandle first = running(file);
      WorkerFixture.await().until(() -> worker.horsePids().size() == 2);
      long spare =
          worker.horsePids().stream().filter(pid -> pid != first.pid()).findFirst().orElseThrow();
      signal("KILL", first);
      assertThat(pid(enqueue("b", Call.of("pid")))).isEqualTo(spare);
    }
  }

  @Test
  void each_slot_has_a_horse_of_its_own() throws Exception {
    try (RqWorker worker = worker(horses()).concurrency(2).build()) {
      worker.start();
      enqueue("a", Call.of("hold").args(directory.resolve("a").toString()));
      enqueue("b", Call.of("hold").args(directory.resolve("b").toString()));
      ProcessHandle first = running(directory.resolve("a"));
      assertThat(first.pid()).isNotEqualTo(running(directory.resolve("b")).pid());
      worker.shutdownNow();
    }
  }

  @Test
  void what_a_function_throws_is_stored_as_in_the_workers_own_process()
      throws InterruptedException {
    Job job = enqueue("a", Call.of("boom"));
    burst();
    assertThat(text(job))
        .startsWith("Traceback (most recent call last):\n")
        .contains("HorseTasks.boom\n")
        .endsWith("java.lang.IllegalStateException: kaput\n");
  }

  @Test
  void a_function_can_ask_to_be_run_again() throws InterruptedException {
    Job job = enqueue("a", Call.of("again"));
    burst();
    assertThat(fixture.hget("rq:job:a", "number_of_retries")).isEqualTo("2");
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void the_job_context_works() throws InterruptedException {
    Job job = enqueue(Call.of("context"), shortly("a"));
    burst();
    assertThat((Object) job.resultAs(List.class, Duration.ofSeconds(1)))
        .isEqualTo(List.of("a", "w", "default", 0L, 1L, true));
  }

  @Test
  void meta_is_saved_from_within() throws InterruptedException {
    Job job =
        enqueue(Call.of("meta"), EnqueueOptions.builder().jobId("a").meta(Map.of("who", "ada")));
    burst();
    assertThat((Object) job.resultAs(List.class, Duration.ofSeconds(1)))
        .isEqualTo(List.of(true, true));
    assertThat(job.meta()).containsEntry("who", "ada").containsKey("pid");
  }

  @Test
  void what_functions_print_goes_where_it_was_told_to() throws Exception {
    Job job = enqueue("a", Call.of("print"));
    burst();
    assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
    assertThat(Files.readString(directory.resolve("out"))).contains("printed by a function");
    assertThat(Files.readString(directory.resolve("err"))).contains("complained by a function");
  }

  @Test
  void a_function_that_reacts_to_its_timeout_keeps_its_horse() throws InterruptedException {
    Job before = enqueue("a", Call.of("pid"));
    Job late = enqueue(Call.of("wait"), shortly("b"));
    Job after = enqueue("c", Call.of("pid"));
    burst();
    assertThat(text(late)).contains("HorseTasks.waitForInterruption\n").endsWith(TIMEOUT);
    assertThat(pid(before)).isEqualTo(pid(after));
  }

  @Test
  void the_horse_of_a_function_that_does_not_react_to_its_timeout_is_killed() throws Exception {
    Path file = directory.resolve("a");
    Job stubborn = enqueue(Call.of("spin").args(file.toString()), shortly("a"));
    Job next = enqueue("b", Call.of("pid"));
    try (RqWorker worker = worker(horses()).build()) {
      worker.start();
      ProcessHandle horse = running(file);
      fixture.awaitStatus(stubborn, JobStatus.FAILED);
      awaitEnd(horse);
      assertThat(text(stubborn)).contains("HorseTasks.spin\n").endsWith(TIMEOUT);
      assertThat(pid(next)).isNotEqualTo(horse.pid());
      assertThat(worker.abandonedThreads()).isZero();
    }
  }

  @Test
  void a_horse_that_stands_still_is_killed_at_the_timeout_of_its_job() throws Exception {
    Path file = directory.resolve("a");
    Job job =
        enqueue(
            Call.of("hold").args(file.toString()),
            EnqueueOptions.builder().jobId("a").timeout(Duration.ofSeconds(2)));
    try (RqWorker worker = worker(horses()).build()) {
      worker.start();
      ProcessHandle horse = running(file);
      signal("STOP", horse);
      fixture.awaitStatus(job, JobStatus.FAILED);
      awaitEnd(horse);
      assertThat(text(job))
          .endsWith("JobTimeoutException: Task exceeded maximum timeout value (2 seconds)\n");
    }
  }

  private static void signal(String name, ProcessHandle process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  @Test
  void system_exit_fails_its_own_job_alone() throws InterruptedException {
    Job job = enqueue("a", Call.of("exit").args(3));
    Job next = enqueue("b", Call.of("pid"));
    burst();
    assertThat(text(job)).isEqualTo("Work-horse terminated unexpectedly; waitpid returned 768; ");
    assertThat(pid(next)).isPositive();
  }

  @Test
  void an_exit_code_of_0_is_no_success() throws InterruptedException {
    Job job = enqueue("a", Call.of("exit").args(0));
    burst();
    assertThat(text(job)).isEqualTo("Work-horse terminated unexpectedly; waitpid returned 0; ");
  }

  @Test
  void halt_fails_its_own_job_alone() throws InterruptedException {
    Job job = enqueue("a", Call.of("halt").args(7));
    Job next = enqueue("b", Call.of("pid"));
    burst();
    assertThat(text(job)).isEqualTo("Work-horse terminated unexpectedly; waitpid returned 1792; ");
    assertThat(pid(next)).isPositive();
  }

  @Test
  void a_horse_without_memory_fails_its_own_job_alone() throws InterruptedException {
    Job job = enqueue("a", Call.of("fill"));
    Job next = enqueue("b", Call.of("pid"));
    burst();
    assertThat(text(job)).isEqualTo("Work-horse terminated unexpectedly; waitpid returned 768; ");
    assertThat(pid(next)).isPositive();
  }

  @Test
  void a_horse_can_be_told_to_outlive_a_lack_of_memory() throws InterruptedException {
    Job job = enqueue("a", Call.of("fill"));
    burst(horses().jvmOptions("-Xmx64m", "-XX:-ExitOnOutOfMemoryError"));
    assertThat(text(job)).contains("HorseTasks.fillTheHeap\n").contains("\nMemoryError");
  }

  @Test
  void a_job_whose_horse_was_killed_has_failed_with_the_text_of_rq() throws Exception {
    Path file = directory.resolve("a");
    Job job = enqueue("a", Call.of("hold").args(file.toString()));
    try (RqWorker worker = worker(horses()).build()) {
      worker.start();
      signal("KILL", running(file));
      fixture.awaitStatus(job, JobStatus.FAILED);
      assertThat(text(job)).isEqualTo(KILLED);
      assertThat(pid(enqueue("b", Call.of("pid")))).isPositive();
    }
  }

  @Test
  void a_job_whose_horse_was_killed_is_retried() throws Exception {
    enqueue("a", Call.of("exit").args(3));
    fixture.redis.command("HSET", "rq:job:a", "retries_left", "1", "retry_intervals", "[60]");
    burst();
    assertThat(fixture.client.job("a").status()).isEqualTo(JobStatus.SCHEDULED);
    assertThat(fixture.hget("rq:job:a", "retries_left")).isEqualTo("0");
  }

  @Test
  void an_idle_horse_that_was_killed_costs_no_job() throws Exception {
    try (RqWorker worker = worker(horses()).build()) {
      worker.start();
      ProcessHandle horse = ProcessHandle.of(pid(enqueue("a", Call.of("pid")))).orElseThrow();
      signal("KILL", horse);
      awaitEnd(horse);
      assertThat(pid(enqueue("b", Call.of("pid")))).isNotEqualTo(horse.pid());
    }
  }

  @Test
  void signals_that_a_terminal_sends_to_all_processes_do_not_end_a_horse() throws Exception {
    try (RqWorker worker = worker(horses()).build()) {
      worker.start();
      long pid = pid(enqueue("a", Call.of("pid")));
      ProcessHandle horse = ProcessHandle.of(pid).orElseThrow();
      signal("INT", horse);
      signal("TERM", horse);
      assertThat(pid(enqueue("b", Call.of("pid")))).isEqualTo(pid);
    }
  }

  @Test
  void a_stopped_job_s_horse_is_killed_with_what_it_has_started() throws Exception {
    Path file = directory.resolve("a");
    Job job = enqueue("a", Call.of("child").args(file.toString()));
    try (RqWorker worker = worker(horses()).build()) {
      worker.start();
      ProcessHandle horse = running(file);
      ProcessHandle child = running(directory.resolve("a.child"));
      fixture.redis.command(
          "PUBLISH", "rq:pubsub:w", "{\"command\": \"stop-job\", \"job_id\": \"a\"}");
      fixture.awaitStatus(job, JobStatus.STOPPED);
      awaitEnd(horse);
      awaitEnd(child);
      assertThat(text(job)).isEqualTo("Job stopped by user, work-horse terminated.");
    }
  }

  @Test
  void kill_horse_kills_it() throws Exception {
    Path file = directory.resolve("a");
    Job job = enqueue("a", Call.of("spin").args(file.toString()));
    try (RqWorker worker = worker(horses()).build()) {
      worker.start();
      ProcessHandle horse = running(file);
      fixture.redis.command("PUBLISH", "rq:pubsub:w", "{\"command\": \"kill-horse\"}");
      fixture.awaitStatus(job, JobStatus.FAILED);
      awaitEnd(horse);
      assertThat(text(job)).isEqualTo(KILLED);
    }
  }

  @Test
  void a_cold_shutdown_kills_the_horse_and_can_requeue_the_job() throws Exception {
    Path file = directory.resolve("a");
    Job job = enqueue("a", Call.of("spin").args(file.toString()));
    try (RqWorker worker = worker(horses()).unfinishedJobs(UnfinishedJobs.REQUEUE).build()) {
      worker.start();
      ProcessHandle horse = running(file);
      worker.close(Duration.ZERO);
      awaitEnd(horse);
    }
    assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(fixture.number("LLEN", "rq:queue:default")).isEqualTo(1);
  }

  private EnqueueOptions.Builder noted(String id) {
    return EnqueueOptions.builder().jobId(id).meta(Map.of("notes", directory.toString()));
  }

  private String noteOf(String callback) throws IOException {
    return Files.readString(directory.resolve(callback));
  }

  @Test
  void callbacks_and_exception_handlers_are_called_in_the_horse() throws Exception {
    Job good = enqueue(Call.of("pid"), noted("a"));
    fixture.redis.command("HSET", "rq:job:a", "success_callback_name", "succeeded");
    enqueue(Call.of("boom"), noted("b"));
    fixture.redis.command("HSET", "rq:job:b", "failure_callback_name", "failed");
    try (RqWorker worker = worker(horses()).burst(true).exceptionHandler("tell").build()) {
      worker.runUntilShutdown();
    }
    String where = " in " + pid(good);
    assertThat(noteOf("succeeded")).isEqualTo("succeeded with " + pid(good) + where);
    assertThat(noteOf("failed")).isEqualTo("failed with kaput" + where);
    assertThat(noteOf("told")).isEqualTo("told of kaput" + where);
  }

  @Test
  void a_failure_callback_is_not_called_for_a_killed_horse() throws Exception {
    enqueue(Call.of("exit").args(3), noted("a"));
    fixture.redis.command("HSET", "rq:job:a", "failure_callback_name", "failed");
    burst();
    assertThat(Files.exists(directory.resolve("failed"))).isFalse();
  }

  @Test
  void a_failure_callback_that_does_not_come_back_ends_with_its_horse() throws Exception {
    Job job = enqueue("a", Call.of("boom"));
    Job next = enqueue("b", Call.of("pid"));
    fixture.redis.command(
        "HSET", "rq:job:a", "failure_callback_name", "stuck", "failure_callback_timeout", "1");
    burst();
    assertThat(text(job)).contains("IllegalStateException: kaput").endsWith(TIMEOUT);
    assertThat(pid(next)).isPositive();
  }

  @Test
  void the_stopped_callback_is_called_in_the_worker() throws Exception {
    Path file = directory.resolve("a");
    Job job = enqueue(Call.of("hold").args(file.toString()), noted("a"));
    fixture.redis.command("HSET", "rq:job:a", "stopped_callback_name", "stopped");
    try (RqWorker worker = worker(horses()).build()) {
      worker.start();
      running(file);
      fixture.redis.command(
          "PUBLISH", "rq:pubsub:w", "{\"command\": \"stop-job\", \"job_id\": \"a\"}");
      fixture.awaitStatus(job, JobStatus.STOPPED);
    }
    assertThat(noteOf("stopped")).isEqualTo("stopped in " + ProcessHandle.current().pid());
  }

  private void enqueueBefore10(String id, Call call) {
    try (RqClient old =
        RqClient.builder(fixture.redis.uri().toString()).dialect(Dialect.BEFORE_1_0).build()) {
      old.queue("default").enqueue(call, EnqueueOptions.builder().jobId(id).build());
    }
  }

  @Test
  void what_a_job_of_rq_before_1_0_returns_in_a_horse_is_stored_in_its_form()
      throws InterruptedException {
    enqueueBefore10("old", Call.of("print"));
    enqueue("new", Call.of("print"));
    burst();
    assertThat(fixture.redis.bytes("HGET", "rq:job:old", "result")).startsWith(0x80, 2);
    assertThat(fixture.hget("rq:job:old", "ended_at")).hasSize("2026-11-22T03:01:29Z".length());
    assertThat(fixture.hget("rq:job:new", "ended_at"))
        .hasSize("2026-11-22T03:01:29.139374Z".length());
  }

  @Test
  void a_job_of_rq_before_1_0_that_fails_in_a_horse_fails_in_its_form()
      throws InterruptedException {
    enqueueBefore10("old", Call.of("boom"));
    burst();
    assertThat(fixture.redis.bytes("HGET", "rq:job:old", "exc_info"))
        .asString(StandardCharsets.UTF_8)
        .startsWith("Traceback")
        .endsWith("kaput\n");
    assertThat(fixture.list("LRANGE", "rq:queue:failed", "0", "-1").toString()).isEqualTo("[old]");
    assertThat(fixture.number("EXISTS", "rq:failed:default")).isZero();
  }

  /** Makes other functions than the worker has. */
  public static final class OtherTasks implements HandlersFactory {
    /** For the horse. */
    public OtherTasks() {}

    @Override
    public Handlers handlers() {
      return Handlers.builder().register("other", () -> "other").build();
    }
  }

  /** Cannot make functions. */
  public static final class BrokenTasks implements HandlersFactory {
    /** For the horse. */
    public BrokenTasks() {}

    @Override
    public Handlers handlers() throws IOException {
      throw new IOException("the shop is closed");
    }
  }

  private void assertStartFails(ProcessIsolation isolation, String reason) {
    try (RqWorker worker = worker(isolation).build()) {
      assertThatThrownBy(worker::start)
          .isInstanceOf(HorseStartException.class)
          .hasMessageContaining(reason);
    }
    assertThat(fixture.number("EXISTS", "rq:worker:w")).isZero();
  }

  @Test
  void a_worker_whose_horses_would_have_other_functions_does_not_start() {
    assertStartFails(ProcessIsolation.of(OtherTasks.class), "makes other functions (other)");
  }

  @Test
  void a_worker_whose_horses_cannot_make_their_functions_does_not_start() {
    assertStartFails(
        ProcessIsolation.of(BrokenTasks.class).output(Redirect.DISCARD, Redirect.DISCARD),
        "the shop is closed");
  }

  @Test
  void a_worker_whose_horses_do_not_take_an_option_does_not_start() {
    assertStartFails(horses().jvmOptions("-Xmx1k"), "ended with exit code 1");
  }

  @Test
  void a_job_for_which_no_horse_can_be_had_goes_back_to_its_queue_and_the_worker_ends()
      throws Exception {
    Path options = Files.writeString(directory.resolve("options"), "-Xmx64m");
    ProcessIsolation isolation = horses().jobsPerHorse(1).jvmOptions("@" + options);
    try (RqWorker worker = worker(isolation).build()) {
      worker.start();
      Files.writeString(options, "-Xmx1k");
      assertThat(pid(enqueue("a", Call.of("pid")))).isPositive();
      Job next = enqueue("b", Call.of("pid"));
      assertThat(worker.awaitEnd(Duration.ofSeconds(40))).isTrue();
      assertThat(worker.needsNewProcess()).isTrue();
      assertThat(next.status()).isEqualTo(JobStatus.QUEUED);
    }
    assertThat(fixture.list("LRANGE", "rq:queue:default", "0", "-1").toString()).isEqualTo("[b]");
  }

  @Test
  void exception_handlers_need_a_name() {
    assertThatThrownBy(() -> worker(horses()).exceptionHandler((job, failure) -> true).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("by their names");
  }

  /** Not public. */
  private static final class HiddenTasks implements HandlersFactory {
    @Override
    public Handlers handlers() {
      return Handlers.builder().build();
    }
  }

  @Test
  void a_factory_has_to_be_public() {
    assertThatThrownBy(() -> ProcessIsolation.of(HiddenTasks.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("public constructor without parameters");
  }

  @Test
  void a_horse_ends_when_its_worker_is_killed() throws Exception {
    Path file = directory.resolve("a");
    Job job = enqueue("a", Call.of("spin").args(file.toString()));
    Process worker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                WorkerProgram.class.getName(),
                fixture.redis.uri().toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("worker").toFile())
            .start();
    try {
      ProcessHandle horse = running(file);
      List<ProcessHandle> all = worker.descendants().toList();
      assertThat(all).contains(horse);
      worker.destroyForcibly();
      all.forEach(ProcessIsolationTest::awaitEnd);
    } finally {
      worker.destroyForcibly();
    }
    assertThat(job.status()).isEqualTo(JobStatus.STARTED);
    assertThat(job.latestResult()).isEmpty();
  }

  /** A worker that a test can kill. */
  public static final class WorkerProgram {
    private WorkerProgram() {}

    /** Runs until it is killed. */
    public static void main(String[] args) throws InterruptedException {
      try (RqWorker worker =
          RqWorker.builder(args[0], new HorseTasks().handlers())
              .isolation(ProcessIsolation.of(HorseTasks.class))
              .build()) {
        worker.runUntilShutdown();
      }
    }
  }
}
