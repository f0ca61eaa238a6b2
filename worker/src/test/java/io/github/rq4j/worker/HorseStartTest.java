package io.github.rq4j.worker;

import static io.github.rq4j.worker.HorseFixture.pid;
import static io.github.rq4j.worker.HorseFixture.running;
import static io.github.rq4j.worker.HorseFixture.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.testservers.WithRedis;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** How many horses a worker starts, of what, and what becomes of them without it. */
@Isolated("starts processes, which hold up what runs beside them")
@WithRedis
@ExtendWith(WorkerExtension.class)
class HorseStartTest {
  private final HorseFixture fixture;

  HorseStartTest(HorseFixture fixture) {
    this.fixture = fixture;
  }

  @Test
  void a_horse_that_has_had_its_jobs_is_replaced() throws InterruptedException {
    Job first = fixture.enqueue("a", Call.of("pid"));
    Job second = fixture.enqueue("b", Call.of("pid"));
    Job third = fixture.enqueue("c", Call.of("pid"));
    fixture.burst(fixture.horses().jobsPerHorse(2));
    assertThat(pid(first)).isEqualTo(pid(second)).isNotEqualTo(pid(third));
  }

  @Test
  void a_spare_horse_takes_the_place_of_one_that_was_killed() throws Exception {
    Path file = fixture.file("a");
    try (RqWorker worker = fixture.builder(fixture.horses().spareHorses(1)).build()) {
      worker.start();
      fixture.enqueue("a", Call.of("hold").args(file.toString()));
      ProcessHandle first = running(file);
      WorkerFixture.await().until(() -> worker.horsePids().size() == 2);
      long spare =
          worker.horsePids().stream().filter(pid -> pid != first.pid()).findFirst().orElseThrow();
      signal("KILL", first);
      assertThat(pid(fixture.enqueue("b", Call.of("pid")))).isEqualTo(spare);
    }
  }

  @Test
  void each_slot_has_a_horse_of_its_own() throws Exception {
    try (RqWorker worker = fixture.builder().concurrency(2).build()) {
      worker.start();
      fixture.enqueue("a", Call.of("hold").args(fixture.file("a").toString()));
      fixture.enqueue("b", Call.of("hold").args(fixture.file("b").toString()));
      ProcessHandle first = running(fixture.file("a"));
      assertThat(first.pid()).isNotEqualTo(running(fixture.file("b")).pid());
      worker.shutdownNow();
    }
  }

  /** Makes its functions when a file is there, beside which it leaves another one before. */
  public static final class GatedTasks implements HandlersFactory {
    /** For the horse. */
    public GatedTasks() {}

    @Override
    public Handlers handlers() throws IOException {
      Path gate = Path.of(System.getProperty("gate"));
      Files.writeString(gate.resolveSibling("begun-" + ProcessHandle.current().pid()), "");
      WorkerFixture.await().until(() -> Files.exists(gate));
      return new HorseTasks().handlers();
    }
  }

  private long begun() throws IOException {
    try (Stream<Path> files = Files.list(fixture.directory)) {
      return files.filter(file -> file.getFileName().toString().startsWith("begun-")).count();
    }
  }

  private static long threadsOfHorses() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("rq-worker-w-horse-"))
        .count();
  }

  @Test
  void only_a_few_horses_start_at_the_same_time() throws Exception {
    assumeThat(Horses.MOST_STARTING).as("few enough for a test").isLessThan(10);
    int slots = Horses.MOST_STARTING + 2;
    Path gate = fixture.file("gate");
    ProcessIsolation isolation =
        ProcessIsolation.of(GatedTasks.class)
            .spareHorses(0)
            .jvmOptions("-Xmx64m", "-XX:TieredStopAtLevel=1", "-Dgate=" + gate);
    try (RqWorker worker = fixture.builder(isolation).concurrency(slots).build()) {
      CompletableFuture<Void> start = CompletableFuture.runAsync(worker::start);
      WorkerFixture.await().until(() -> begun() == Horses.MOST_STARTING);
      assertThat(threadsOfHorses()).isEqualTo(Horses.MOST_STARTING);
      Files.writeString(gate, "");
      start.get(60, TimeUnit.SECONDS);
      assertThat(worker.horsePids()).hasSize(slots);
    }
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
    try (RqWorker worker = fixture.builder(isolation).build()) {
      assertThatThrownBy(worker::start)
          .isInstanceOf(HorseStartException.class)
          .hasMessageContaining(reason);
    }
    assertThat(fixture.worker.number("EXISTS", "rq:worker:w")).isZero();
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
    assertStartFails(fixture.horses().jvmOptions("-Xmx1k"), "ended with exit code 1");
  }

  @Test
  void a_job_for_which_no_horse_can_be_had_goes_back_to_its_queue_and_the_worker_ends()
      throws Exception {
    Path options = Files.writeString(fixture.file("options"), "-Xmx64m");
    ProcessIsolation isolation = fixture.horses().jobsPerHorse(1).jvmOptions("@" + options);
    try (RqWorker worker = fixture.builder(isolation).build()) {
      worker.start();
      Files.writeString(options, "-Xmx1k");
      assertThat(pid(fixture.enqueue("a", Call.of("pid")))).isPositive();
      Job next = fixture.enqueue("b", Call.of("pid"));
      assertThat(worker.awaitEnd(Duration.ofSeconds(40))).isTrue();
      assertThat(worker.needsNewProcess()).isTrue();
      assertThat(next.status()).isEqualTo(JobStatus.QUEUED);
    }
    assertThat(fixture.worker.list("LRANGE", "rq:queue:default", "0", "-1").toString())
        .isEqualTo("[b]");
  }

  @Test
  void exception_handlers_need_a_name() {
    assertThatThrownBy(() -> fixture.builder().exceptionHandler((job, failure) -> true).build())
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
    Path file = fixture.file("a");
    Job job = fixture.enqueue("a", Call.of("spin").args(file.toString()));
    Process worker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                WorkerProgram.class.getName(),
                fixture.redis.uri().toString())
            .redirectErrorStream(true)
            .redirectOutput(fixture.file("worker").toFile())
            .start();
    try {
      ProcessHandle horse = running(file);
      List<ProcessHandle> all = worker.descendants().toList();
      assertThat(all).contains(horse);
      worker.destroyForcibly();
      all.forEach(HorseFixture::awaitEnd);
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
