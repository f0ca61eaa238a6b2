package io.github.rq4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.rq4j.client.Execution;
import io.github.rq4j.client.JobFailedException;
import io.github.rq4j.client.JobRegistry.Kind;
import io.github.rq4j.client.JobSnapshot;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.PythonJobFailure;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.WorkerSnapshot;
import io.github.rq4j.client.WorkerState;
import io.github.rq4j.testservers.EveryRqRelease;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Isolated;

/** What Python's client and workers of each release leave, read and steered from Java. */
@Isolated("channels belong to the server, not to a database")
@WithPythonRq
class JavaReadsPythonTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ADD = "rq4j_fixtures.tasks.add";

  private TestRedis redis;
  @AutoClose private RqClient client;

  @BeforeEach
  void connect(TestRedis testRedis) {
    redis = testRedis;
    client = RqClient.connect(redis.uri().toString());
  }

  @EveryRqRelease
  void a_job_that_python_enqueued_is_read_field_by_field(PythonRq python) {
    String parent = python.enqueue(ADD, "1, 2", "job_id='p'");
    String id =
        python.enqueue(
            ADD,
            "1, y=2",
            "depends_on='p', job_timeout=77, result_ttl=-1, failure_ttl=5, ttl=600, meta={'k': [1]},"
                + " retry=Retry(max=3, interval=[10, 30]), description='what it does'");
    JobSnapshot job = client.job(id).snapshot();
    assertThat(job.status()).isEqualTo(JobStatus.DEFERRED);
    assertThat(job.data().functionName()).isEqualTo(ADD);
    assertThat(job.data().kwargs()).isEqualTo(Map.of("y", 2L));
    assertThat(job.timeout()).isEqualTo(Duration.ofSeconds(77));
    assertThat(job.resultTtl()).isNegative();
    assertThat(job.failureTtl()).isEqualTo(Duration.ofSeconds(5));
    assertThat(job.ttl()).isEqualTo(Duration.ofMinutes(10));
    assertThat(job.meta()).isEqualTo(Map.of("k", List.of(1L)));
    assertThat(job.retriesLeft()).isEqualTo(3);
    assertThat(job.retryIntervals())
        .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(30));
    assertThat(job.description()).isEqualTo("what it does");
    assertThat(job.dependencyIds()).containsExactly(parent);
    assertThat(job.job().dependencyIds()).containsExactly(parent);
    assertThat(client.job(parent).dependentIds()).containsExactly(id);
    assertThat(client.queue("default").registry(Kind.DEFERRED).contains(id)).isTrue();
    assertThat(client.queue("default").jobs(0, 10)).extracting(JobSnapshot::id).contains(parent);
  }

  @EveryRqRelease
  void a_scheduled_job_tells_when_it_is_due(PythonRq python) {
    String id =
        python.enqueue(
            ADD, "1, 2", "enqueue_at=datetime(2030, 1, 2, 3, 4, 5, tzinfo=timezone.utc)");
    assertThat(client.queue("default").registry(Kind.SCHEDULED).time(id))
        .contains(Instant.parse("2030-01-02T03:04:05Z"));
  }

  @EveryRqRelease
  void a_failure_has_the_frames_of_python(PythonRq python) {
    String id = python.enqueueCallable("tasks.add", "1, 'x'", "");
    CompletableFuture<?> future = client.job(id).resultAsync(PATIENCE);
    python.workBurst();
    assertThat(future)
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            JobFailedException.class,
            failed -> {
              PythonJobFailure failure = failed.failure().orElseThrow();
              assertThat(failure.exceptionClass()).isEqualTo("TypeError");
              assertThat(failure.exceptionMessage()).contains("unsupported operand");
              assertThat(failure.frames()).last().extracting("function").isEqualTo("add");
              assertThat(failure.getStackTrace()[0].getMethodName()).isEqualTo("add");
            });
    assertThat(client.queue("default").registry(Kind.FAILED).contains(id)).isTrue();
  }

  @EveryRqRelease
  void what_java_canceled_requeued_or_deleted_python_sees_so(PythonRq python) {
    python.enqueue(ADD, "1, 2", "job_id='canceled'");
    python.enqueue("rq4j_fixtures.no_such_function", "", "job_id='failed'");
    python.enqueue(ADD, "1, 2", "job_id='deleted'");
    client.job("canceled").cancel();
    client.job("deleted").delete();
    python.workBurst();
    client.job("failed").requeue();
    assertThat(python.job("canceled").status()).isEqualTo("canceled");
    assertThat(python.exists("deleted")).isFalse();
    assertThat(python.registries("default"))
        .containsEntry("queued", List.of("failed"))
        .containsEntry("canceled", List.of("canceled"))
        .containsEntry("failed", List.of());
    assertThat(python.workBurst()).isTrue();
    assertThat(client.job("failed").results()).hasSize(2);
  }

  @EveryRqRelease
  void meta_that_java_saved_is_read_by_python(PythonRq python) {
    String id = python.enqueue(ADD, "1, 2", "meta={'k': 1}");
    client.job(id).saveMeta(Map.of("progress", 0.5));
    assertThat(python.difference(id, "meta", "{'progress': 0.5}")).isEmpty();
  }

  @EveryRqRelease
  void groups_and_rate_limits_are_seen_where_rq_has_them(PythonRq python) {
    if (!python.release().version().startsWith("3.")) {
      assertThat(client.groups()).isEmpty();
      assertThat(client.rateLimits()).isEmpty();
      return;
    }
    python.eval(
        "import_module('rq.group').Group.create(connection, 'g').enqueue_many(queue(),"
            + " [Queue.prepare_data('rq4j_fixtures.tasks.add', args=(1, 2), job_id=i)"
            + " for i in ('a', 'b')])");
    for (String id : List.of("one", "two")) {
      python.enqueue(
          ADD,
          "1, 2",
          "job_id='" + id + "', rate_limit=import_module('rq.rate_limit').RateLimit('api', 1)");
    }
    assertThat(client.group("g").jobs())
        .extracting(JobSnapshot::id, JobSnapshot::groupId)
        .containsExactlyInAnyOrder(tuple("a", "g"), tuple("b", "g"));
    assertThat(client.rateLimit("api").concurrency()).hasValue(1);
    assertThat(client.rateLimit("api").allowedJobIds()).containsExactly("one");
    assertThat(client.rateLimit("api").waitingJobIds(0, 10)).containsExactly("two");
    assertThat(client.job("two").status()).isEqualTo(JobStatus.RATE_LIMITED);
    client.group("g").deleteWithJobs();
    client.job("one").delete();
    client.job("two").delete();
    client.rateLimit("api").cleanup();
    assertThat(client.groups()).isEmpty();
    assertThat(client.rateLimits()).isEmpty();
    assertThat(redis.command("KEYS", "*")).isEqualTo(List.of("rq:queues"));
  }

  @EveryRqRelease
  void suspension_is_the_same_to_both(PythonRq python) {
    client.workers().suspend(Duration.ofMinutes(1));
    assertThat(python.rq("worker", "--burst", "default").exitCode()).isEqualTo(1);
    assertThat(python.rq("resume").exitCode()).isZero();
    assertThat(client.workers().isSuspended()).isFalse();
  }

  @EveryRqRelease
  void a_python_worker_is_seen_and_obeys(PythonRq python) throws IOException, InterruptedException {
    Process process =
        python
            .rqCommand("worker", "--name", "seen", "default", "other")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      Waiting.until(() -> state("seen") == WorkerState.IDLE);
      WorkerSnapshot worker = client.workers().find("seen").orElseThrow();
      assertThat(worker.queues()).containsExactly("default", "other");
      assertThat(worker.version()).isEqualTo(python.release().version());
      assertThat(worker.pid()).isEqualTo(process.pid());
      assertThat(worker.heartbeatAge()).isLessThan(PATIENCE);
      assertThat(client.workers().onQueue("other")).hasSize(1);

      String slow = python.enqueue("time.sleep", "60");
      Waiting.until(() -> client.job(slow).status() == JobStatus.STARTED);
      assertThat(client.workers().find("seen").orElseThrow().currentJobId()).isEqualTo(slow);
      assertThat(client.queue("default").registry(Kind.STARTED).contains(slow)).isTrue();
      assertThat(client.job(slow).stop()).isTrue();
      Waiting.until(() -> isOver(slow));
      assertThat(client.job(slow).status()).isEqualTo(JobStatus.STOPPED);

      String again = python.enqueue("time.sleep", "59");
      Waiting.until(() -> client.job(again).status() == JobStatus.STARTED);
      List<Execution> runs = client.workers().find("seen").orElseThrow().currentExecutions();
      // RQ before 3.0 tells no runs of a worker, and cannot stop one of them.
      assertThat(
              runs.isEmpty()
                  ? client.job(again).stop()
                  : client.job(again).stopExecution(runs.get(0).id()))
          .isTrue();
      Waiting.until(() -> isOver(again));
      assertThat(client.job(again).status()).isEqualTo(JobStatus.STOPPED);

      String killed = python.enqueue("time.sleep", "61");
      Waiting.until(() -> client.job(killed).status() == JobStatus.STARTED);
      assertThat(client.workers().killHorse("seen")).isTrue();
      Waiting.until(() -> isOver(killed));
      assertThat(client.job(killed).status()).isEqualTo(JobStatus.FAILED);

      assertThat(client.workers().shutdown("seen")).isTrue();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  private boolean isOver(String id) {
    return client.job(id).status().isFinal();
  }

  private WorkerState state(String name) {
    return client.workers().find(name).map(WorkerSnapshot::state).orElse(WorkerState.UNKNOWN);
  }
}
