package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RqFunction;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.testservers.ReadableByRq;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** What a function learns of the job that it is running, and can do to it. */
@Isolated("channels belong to the server, not to a database")
@ReadableByRq
@ExtendWith(WorkerExtension.class)
class JobContextTest {
  private static final long LONG_CLAIM = 3600;

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final WorkerFixture fixture;

  JobContextTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  @AfterEach
  void disconnect() {
    release.countDown();
  }

  private RqWorkerBuilder worker(JobFunction function) {
    Handlers handlers = Handlers.builder().register("tasks.look", function).build();
    return RqWorker.builder(fixture.redis.uri().toString(), handlers).name("w");
  }

  private Job enqueue(EnqueueOptions.Builder options) {
    return fixture.enqueue("default", Call.of("tasks.look").args(1), options.jobId("j"));
  }

  /** Runs one job and gives what the function saw. */
  private <T> T seen(EnqueueOptions.Builder options, Callable<T> look) throws Exception {
    CompletableFuture<T> seen = new CompletableFuture<>();
    enqueue(options);
    return run(seen, look);
  }

  private <T> T run(CompletableFuture<T> seen, Callable<T> look) throws Exception {
    JobFunction function =
        arguments -> {
          seen.complete(look.call());
          return null;
        };
    try (RqWorker worker = worker(function).burst(true).build()) {
      worker.runUntilShutdown();
    }
    assertThat(fixture.client.job("j").status()).isEqualTo(JobStatus.FINISHED);
    return seen.get(1, TimeUnit.SECONDS);
  }

  @Test
  void what_the_job_was_enqueued_with_is_seen_without_asking_redis_which_is_closed_by_then()
      throws Exception {
    JobContext context =
        seen(
            EnqueueOptions.builder().description("a look").timeout(Duration.ofSeconds(40)),
            JobContext::current);
    assertThat(context.jobId()).isEqualTo("j");
    assertThat(context.queue()).isEqualTo("default");
    assertThat(context.functionName()).isEqualTo("tasks.look");
    assertThat(context.description()).hasValue("a look");
    assertThat(context.workerName()).isEqualTo("w");
    assertThat(context.timeout()).hasValue(Duration.ofSeconds(40));
    assertThat(context.deadline()).hasValue(context.startedAt().plusSeconds(40));
    assertThat(context.createdAt()).hasValueSatisfying(JobContextTest::isRecent);
    assertThat(context.enqueuedAt()).hasValueSatisfying(JobContextTest::isRecent);
    assertThat(context.groupId()).isEmpty();
    assertThat(context.dependencyIds()).isEmpty();
    assertThat(context.retriesLeft()).isZero();
    assertThat(context.meta()).isEmpty();
    assertThat(context.toString()).contains("j", context.executionId());
  }

  private static void isRecent(Instant time) {
    assertThat(time).isBetween(Instant.now().minusSeconds(60), Instant.now());
  }

  @Test
  void a_job_without_limit_has_no_deadline() throws Exception {
    JobContext context =
        seen(EnqueueOptions.builder().timeout(Duration.ofSeconds(-1)), JobContext::current);
    assertThat(context.timeout()).isEmpty();
    assertThat(context.deadline()).isEmpty();
  }

  @Test
  void group_dependencies_and_retries_are_read_from_the_hash() throws Exception {
    enqueue(EnqueueOptions.builder());
    fixture.redis.command(
        "HSET",
        "rq:job:j",
        "group_id",
        "g",
        "dependency_ids",
        "[\"a\", \"b\"]",
        "retries_left",
        "2");
    JobContext context = run(new CompletableFuture<>(), JobContext::current);
    assertThat(context.groupId()).hasValue("g");
    assertThat(context.dependencyIds()).containsExactly("a", "b");
    assertThat(context.retriesLeft()).isEqualTo(2);
  }

  @Test
  void the_single_dependency_of_older_releases_is_read() throws Exception {
    enqueue(EnqueueOptions.builder());
    fixture.redis.command("HSET", "rq:job:j", "dependency_id", "a");
    assertThat(run(new CompletableFuture<>(), JobContext::current).dependencyIds())
        .containsExactly("a");
  }

  @Test
  void outside_a_job_there_is_no_current_one() {
    assertThatThrownBy(JobContext::current)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no job runs in thread '" + Thread.currentThread().getName() + "'");
  }

  /** Functions registered by annotation. */
  static final class Annotated {
    @RqFunction("tasks.look")
    String look(long x) {
      return JobContext.current().jobId() + x;
    }
  }

  @Test
  void a_function_registered_by_annotation_reaches_it() throws InterruptedException {
    Job job = enqueue(EnqueueOptions.builder());
    Handlers handlers = Handlers.builder().registerAnnotated(new Annotated()).build();
    try (RqWorker worker =
        RqWorker.builder(fixture.redis.uri().toString(), handlers).burst(true).build()) {
      worker.runUntilShutdown();
    }
    assertThat(job.resultAs(String.class, Duration.ofSeconds(1))).isEqualTo("j1");
  }

  @Test
  void a_thread_of_the_functions_own_gets_it_by_wrapping() throws Exception {
    List<String> ids =
        seen(
            EnqueueOptions.builder(),
            () -> {
              JobContext context = JobContext.current();
              ExecutorService own = Executors.newSingleThreadExecutor();
              try {
                List<String> found = new ArrayList<>();
                Callable<String> id = context.wrap(() -> JobContext.current().jobId());
                found.add(own.submit(id).get());
                Runnable note = () -> found.add(JobContext.current().jobId());
                own.submit(context.wrap(note)).get();
                assertThatThrownBy(() -> own.submit(() -> JobContext.current().jobId()).get())
                    .hasRootCauseInstanceOf(IllegalStateException.class);
                return found;
              } finally {
                own.shutdownNow();
              }
            });
    assertThat(ids).containsExactly("j", "j");
  }

  @Test
  void meta_can_be_read_changed_and_saved() throws Exception {
    PythonDict after =
        seen(
            EnqueueOptions.builder().meta(Map.of("who", "ada")),
            () -> {
              JobContext context = JobContext.current();
              PythonDict meta = context.meta();
              meta.put("progress", 50L);
              assertThat(context.meta()).doesNotContainKey("progress");
              assertThat(context.saveMeta(meta)).isTrue();
              return context.meta();
            });
    assertThat(after).containsEntry("who", "ada").containsEntry("progress", 50L).hasSize(2);
    assertThat(fixture.redis.command("HEXISTS", "rq:job:j", "meta")).isEqualTo(1L);
  }

  @Test
  void meta_that_others_wrote_is_seen_after_a_refresh() throws Exception {
    enqueue(EnqueueOptions.builder().meta(Map.of("a", 1)));
    enqueueOther(Map.of("b", 2));
    PythonDict refreshed =
        run(
            new CompletableFuture<>(),
            () -> {
              JobContext context = JobContext.current();
              if (!context.jobId().equals("j")) {
                return new PythonDict();
              }
              copyMeta("other", "j");
              assertThat(context.meta()).containsOnlyKeys("a");
              return context.refreshMeta();
            });
    assertThat(refreshed).containsOnlyKeys("b");
  }

  private void enqueueOther(Map<String, Object> meta) {
    fixture.enqueue("elsewhere", Call.of("x"), EnqueueOptions.builder().jobId("other").meta(meta));
  }

  private void copyMeta(String from, String to) {
    String script =
        "return redis.call('HSET', KEYS[2], 'meta', redis.call('HGET', KEYS[1], 'meta'))";
    fixture.redis.command("EVAL", script, "2", "rq:job:" + from, "rq:job:" + to);
  }

  @Test
  void meta_of_another_serializer_is_kept_as_bytes_and_saved_untouched() throws Exception {
    enqueue(EnqueueOptions.builder());
    fixture.redis.command("HSET", "rq:job:j", "meta", "{\"a\": 1}");
    PythonDict meta =
        run(
            new CompletableFuture<>(),
            () -> {
              PythonDict found = JobContext.current().meta();
              JobContext.current().saveMeta(found);
              return found;
            });
    assertThat(meta).containsOnlyKeys("unserialized");
    assertThat(fixture.hget("rq:job:j", "meta")).isEqualTo("{\"a\": 1}");
  }

  @Test
  void saving_meta_does_not_bring_a_deleted_job_back() throws InterruptedException {
    CompletableFuture<Boolean> saved = new CompletableFuture<>();
    enqueue(EnqueueOptions.builder());
    JobFunction function =
        arguments -> {
          fixture.redis.command("DEL", "rq:job:j");
          saved.complete(JobContext.current().saveMeta(Map.of("a", 1)));
          return null;
        };
    try (RqWorker worker = worker(function).burst(true).build()) {
      worker.runUntilShutdown();
    }
    assertThat(saved).isCompletedWithValue(false);
    assertThat(fixture.number("EXISTS", "rq:job:j")).isZero();
  }

  @Test
  void a_heartbeat_of_the_job_is_not_shortened_by_those_of_the_worker() throws Exception {
    JobFunction function =
        arguments -> {
          JobContext.current().heartbeat(Duration.ofSeconds(LONG_CLAIM));
          entered.countDown();
          return release.await(10, TimeUnit.SECONDS);
        };
    try (RqWorker worker =
        worker(function)
            .monitoringInterval(Duration.ofSeconds(1))
            .executionIds(() -> "e1")
            .build()) {
      worker.start();
      Job job = enqueue(EnqueueOptions.builder());
      assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
      String beat = fixture.hget("rq:worker:w", "last_heartbeat");
      WorkerFixture.await()
          .until(() -> !String.valueOf(beat).equals(fixture.hget("rq:worker:w", "last_heartbeat")));
      long due = (long) Double.parseDouble(score("rq:wip:default", "j:e1"));
      assertThat(due).isGreaterThan(Instant.now().getEpochSecond() + LONG_CLAIM - 60);
      assertThat(fixture.number("TTL", "rq:execution:j:e1")).isGreaterThan(LONG_CLAIM - 60);
      release.countDown();
      fixture.awaitStatus(job, JobStatus.FINISHED);
    }
  }

  private String score(String key, String member) {
    return String.valueOf(fixture.redis.command("ZSCORE", key, member));
  }

  @Test
  void a_heartbeat_tells_that_the_job_was_taken_away() throws InterruptedException {
    CompletableFuture<Boolean> alive = new CompletableFuture<>();
    enqueue(EnqueueOptions.builder());
    JobFunction function =
        arguments -> {
          fixture.redis.command("DEL", "rq:wip:default");
          alive.complete(JobContext.current().heartbeat(Duration.ofSeconds(90)));
          return null;
        };
    try (RqWorker worker = worker(function).burst(true).build()) {
      worker.runUntilShutdown();
    }
    assertThat(alive).isCompletedWithValue(false);
  }

  @Test
  void a_function_that_ignores_interruption_sees_why_it_is_to_end() throws InterruptedException {
    CompletableFuture<Optional<Cancellation>> reason = new CompletableFuture<>();
    JobFunction function =
        arguments -> {
          JobContext context = JobContext.current();
          entered.countDown();
          while (!context.isCancelled()) {
            Thread.onSpinWait();
          }
          reason.complete(context.cancellation());
          return null;
        };
    try (RqWorker worker = worker(function).build()) {
      worker.start();
      Job job = enqueue(EnqueueOptions.builder());
      assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
      fixture.redis.command(
          "PUBLISH", "rq:pubsub:w", "{\"command\": \"stop-job\", \"job_id\": \"j\"}");
      fixture.awaitStatus(job, JobStatus.STOPPED);
    }
    assertThat(reason).isCompletedWithValue(Optional.of(Cancellation.STOPPED));
  }
}
