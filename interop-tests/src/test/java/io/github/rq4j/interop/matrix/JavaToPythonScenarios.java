package io.github.rq4j.interop.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Callback;
import io.github.rq4j.client.Dialect;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobFailedException;
import io.github.rq4j.client.JobRegistry;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.Retry;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.worker.RqWorker;
import io.github.rq4j.worker.SynchronousQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** One Java client enqueues, Python RQ's worker runs, Java reads. */
abstract class JavaToPythonScenarios extends InCell {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String TASKS = "rq4j_fixtures.tasks.";

  private RqClient client;
  private Queue queue;

  @BeforeParameterizedClassInvocation
  void start() {
    client =
        RqClient.builder(redis.uri().toString())
            .serializer(PickleSerializer.builder().protocol(cell.pickleProtocol()).build())
            .dialect(cell.isSince("1.0") ? Dialect.SINCE_1_0 : Dialect.BEFORE_1_0)
            .build();
    queue = client.queue("p");
  }

  @Override
  Direction direction() {
    return Direction.JAVA_TO_PYTHON;
  }

  @AfterParameterizedClassInvocation
  void stop() {
    client.close();
  }

  private Job enqueue(String function, @Nullable Object... args) {
    return queue.enqueue(Call.of(TASKS + function).args(args));
  }

  private Job enqueue(Call call, EnqueueOptions.Builder options) {
    return queue.enqueue(call, options.build());
  }

  private static Call call(String function, Object... args) {
    return Call.of(TASKS + function).args(args);
  }

  private void work() {
    python.workBurst("p");
  }

  @Test
  @Covers(Scenario.SUCCESS)
  void a_result_comes_back() {
    Job job = queue.enqueue(Call.of(TASKS + "add").args(1).kwarg("y", 2));
    assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
    work();
    assertThat(job.result(PATIENCE)).isEqualTo(3L);
    assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
  }

  @Test
  @Covers(Scenario.TYPES)
  void values_of_every_type_arrive_and_come_back() {
    Map<Object, String> values = Values.ofJava(cell);
    List<Job> jobs = new ArrayList<>();
    values.forEach(
        (value, expected) -> {
          Job job = enqueue("echo", value);
          assertThat(python.difference(job.id(), "args", "(" + expected + ",)"))
              .as(expected)
              .isEmpty();
          jobs.add(job);
        });
    work();
    List<Object> sent = new ArrayList<>(values.keySet());
    for (int i = 0; i < sent.size(); i++) {
      Object value = sent.get(i);
      assertThat(jobs.get(i).resultAs(Values.declaredType(value), PATIENCE)).isEqualTo(value);
    }
  }

  @Test
  @Covers(Scenario.NOTHING)
  void none_is_null() {
    Job job = enqueue("nothing");
    work();
    assertThat(job.result(PATIENCE)).isNull();
  }

  @Test
  @Covers(Scenario.FAILURE)
  void a_failure_becomes_an_exception_with_its_traceback() {
    Job job = enqueue("boom", "kaput");
    work();
    assertThatThrownBy(() -> job.result(PATIENCE))
        .isInstanceOfSatisfying(
            JobFailedException.class,
            failure ->
                assertThat(failure.excString())
                    .startsWith("Traceback (most recent call last):")
                    .contains("ValueError: kaput"));
  }

  @Test
  @Covers(Scenario.TIMEOUT)
  void a_timeout_counts_in_python() {
    Job job = enqueue(call("sleep", 30), EnqueueOptions.builder().timeout(Duration.ofSeconds(1)));
    work();
    assertThatThrownBy(() -> job.result(PATIENCE))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("exceeded maximum timeout value (1 seconds)");
  }

  @Test
  @Covers(Scenario.META)
  void meta_is_read_and_written_by_both() {
    Job job =
        enqueue(
            Call.of(TASKS + "save_meta").kwarg("python", List.of(5)),
            EnqueueOptions.builder().meta(Map.of("java", "j\u00e9")));
    assertThat(python.difference(job.id(), "meta", "{'java': 'j\\xe9'}")).isEmpty();
    work();
    assertThat(job.result(PATIENCE)).isEqualTo(job.id());
    assertThat(job.meta()).containsEntry("java", "j\u00e9");
    if (cell.isSince("0.8")) { // before, the worker overwrites what its job has saved
      assertThat(job.meta()).containsEntry("python", List.of(5L));
    }
  }

  @Test
  @Covers(Scenario.RETRY)
  void a_retry_runs_the_job_again() {
    Job job =
        enqueue(call("fail_times", "calls", 1), EnqueueOptions.builder().retry(Retry.times(1)));
    work();
    assertThat(job.result(PATIENCE)).isEqualTo(2L);
  }

  @Test
  @Covers(Scenario.SCHEDULED)
  void a_scheduled_job_is_enqueued_by_rqs_scheduler() {
    Job job = queue.enqueueAt(Instant.now().minusSeconds(1), call("add", 1));
    assertThat(python.job(job.id()).status()).isEqualTo("scheduled");
    python.enqueueScheduled("p");
    work();
    assertThat(job.result(PATIENCE)).isEqualTo(1L);
  }

  @Test
  @Covers(Scenario.DEPENDENCIES)
  void jobs_of_both_languages_wait_for_each_other() throws InterruptedException {
    Job first = client.queue("j").enqueue(Call.of("java.add").args(1));
    Job second = enqueue(call("add", 2), EnqueueOptions.builder().dependsOn(first));
    Job third =
        client
            .queue("j")
            .enqueue(
                Call.of("java.add").args(3), EnqueueOptions.builder().dependsOn(second).build());
    burst();
    work();
    assertThat(second.result(PATIENCE)).isEqualTo(2L);
    burst();
    assertThat(third.result(PATIENCE)).isEqualTo(3L);
  }

  private void burst() throws InterruptedException {
    try (RqWorker worker =
        RqWorker.builder(redis.uri().toString(), new MatrixTasks().handlers())
            .queues("j")
            .burst(true)
            .build()) {
      worker.runUntilShutdown();
    }
  }

  @Test
  @Covers(Scenario.RESULT_TTL)
  void result_ttls_are_kept_to() {
    Job none = enqueue(call("add", 1), EnqueueOptions.builder().resultTtl(Duration.ZERO));
    Job forever =
        enqueue(call("add", 1), EnqueueOptions.builder().resultTtl(EnqueueOptions.INFINITE));
    Job minute = enqueue(call("add", 1), EnqueueOptions.builder().resultTtl(Duration.ofMinutes(1)));
    work();
    assertThat(none.exists()).isFalse();
    assertThat(forever.timeToLive()).isEmpty();
    assertThat(minute.timeToLive().orElseThrow())
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    if (!cell.rq().rq().equals("1.12.0")) { // deletes a result that is to be kept for ever
      assertThat(forever.result(PATIENCE)).isEqualTo(1L);
    }
  }

  @Test
  @Covers(Scenario.CANCEL)
  void a_canceled_job_does_not_run() {
    Job canceled = enqueue("add", 1);
    Job other = enqueue("add", 2);
    canceled.cancel();
    work();
    assertThat(other.result(PATIENCE)).isEqualTo(2L);
    assertThat(canceled.status()).isEqualTo(JobStatus.CANCELED);
  }

  @Test
  @Covers(Scenario.REQUEUE)
  void a_job_that_failed_in_python_is_requeued_by_java() {
    Job job = enqueue("fail_times", "requeued", 1);
    work();
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    job.requeue();
    work();
    assertThat(job.result(PATIENCE)).isEqualTo(2L);
  }

  @Test
  @Covers(Scenario.ABANDONED)
  void an_abandoned_job_is_filed_where_this_release_looks() {
    Job job = client.queue("lost").enqueue(call("sleep", 30));
    CompletableFuture<Boolean> work;
    try (PythonRq doomed = cell.start(redis)) {
      work = CompletableFuture.supplyAsync(() -> doomed.workBurst("lost"));
      database.awaitStatus(job.id(), "started");
    }
    assertThat(work).failsWithin(PATIENCE);
    database.expireRuns("lost");
    assertThat(client.queue("lost").registry(JobRegistry.Kind.STARTED).cleanup()).isEqualTo(1);
    assertThatThrownBy(() -> job.result(PATIENCE))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("due to AbandonedJobError");
    assertThat(python.job(job.id()).excInfo()).contains("due to AbandonedJobError");
    assertThat(python.registries("lost").get("failed")).contains(job.id());
  }

  @Test
  @Covers(Scenario.STOP)
  void java_stops_a_job_of_python() {
    Job job = client.queue("stop").enqueue(call("sleep", 30));
    CompletableFuture<Boolean> worker =
        CompletableFuture.supplyAsync(() -> python.workBurstForking("stop"));
    database.awaitStatus(job.id(), "started");
    job.stop();
    database.awaitStatus(job.id(), "stopped");
    assertThat(worker.join()).isTrue();
  }

  @Test
  @Covers(Scenario.JSON)
  void a_json_job_is_answered_in_json() {
    Queue json = client.queue("json").withSerializer(JsonSerializer.defaults());
    Job job = json.enqueue(Call.of(TASKS + "add").args(2).kwarg("y", 3));
    python.workBurstAsJson("json");
    assertThat(job.result(PATIENCE)).isEqualTo(5L);
    job.delete();
    python.eval("connection.delete('rq:results:" + job.id() + "')");
  }

  @Test
  @Covers(Scenario.CALLBACKS)
  void callbacks_are_called_in_python() {
    EnqueueOptions.Builder options =
        EnqueueOptions.builder()
            .onSuccess(Callback.of(TASKS + "note_success"))
            .onFailure(Callback.of(TASKS + "note_failure"));
    Job returned = enqueue(call("add", 1, 2), options);
    Job raised = enqueue(call("boom", "kaput"), options);
    work();
    assertThat(redis.command("GET", "rq4j:success:" + returned.id())).isEqualTo("3");
    assertThat(redis.command("GET", "rq4j:failure:" + raised.id())).isEqualTo("ValueError: kaput");
  }

  @Test
  @Covers(Scenario.GROUP)
  void a_group_is_known_to_python() {
    EnqueueOptions.Builder options = EnqueueOptions.builder().group("ours");
    List<Job> jobs = List.of(enqueue(call("add", 1), options), enqueue(call("add", 2), options));
    assertThat(python.eval("len(Group.fetch('ours', connection=connection).get_jobs())").repr())
        .isEqualTo("2");
    work();
    assertThat(jobs).extracting(job -> job.result(PATIENCE)).containsExactly(1L, 2L);
  }

  @Test
  @Covers(Scenario.DECORATOR)
  void a_decorated_function_is_run_by_its_name() {
    Job job = enqueue("decorated", 21);
    work();
    assertThat(job.result(PATIENCE)).isEqualTo(42L);
  }

  @Test
  @Covers(Scenario.SYNCHRONOUS)
  void python_reads_what_java_ran_at_once() {
    Job job =
        SynchronousQueue.of(client.queue("s"), new MatrixTasks().handlers())
            .enqueue(Call.of("java.add").args(20, 22));
    assertThat(python.job(job.id()).status()).isEqualTo("finished");
    assertThat(python.resultDifference(job.id(), "42")).isEmpty();
  }

  @Test
  @Covers(Scenario.NON_ASCII)
  void text_outside_ascii_arrives_everywhere() {
    // Workers of RQ on Python 2 stop at the name of the queue, that of 0.4 at the description.
    boolean unlimited = cell.rq().hasPython("3");
    String name = unlimited ? "\u961f" : "ascii";
    String description = unlimited || cell.isSince("0.6") ? "\u00fc" : "u";
    Job job =
        client
            .queue(name)
            .enqueue(
                Call.of(TASKS + "arguments").args("\u00e9").kwarg("name", "\ud83d\ude00"),
                EnqueueOptions.builder()
                    .description(description)
                    .meta(Map.of("\u00e9", "\u4f60"))
                    .build());
    assertThat(python.job(job.id()).attribute("description")).isEqualTo(description);
    assertThat(python.difference(job.id(), "meta", "{'\\xe9': '\\u4f60'}")).isEmpty();
    python.workBurst(name);
    assertThat(String.valueOf(job.result(PATIENCE))).contains("\u00e9").contains("\ud83d\ude00");
  }

  @Test
  @Covers(Scenario.LARGE)
  void twenty_megabytes_come_back() {
    byte[] large = new byte[20_000_000];
    new Random(1).nextBytes(large);
    Object sent = PythonBytes.fromArray(large);
    if (cell.stopsAtNonAsciiResults()) {
      sent = HexFormat.of().formatHex(large, 0, large.length / 2);
    }
    Job job =
        enqueue(call("echo", sent), EnqueueOptions.builder().resultTtl(Duration.ofMinutes(1)));
    work();
    // Not isEqualTo, which would show both.
    assertThat(sent.equals(job.resultAs(sent.getClass(), PATIENCE))).isTrue();
  }

  @Test
  @Covers(Scenario.MIXTURE)
  void a_thousand_jobs_end_as_they_must() {
    String text = cell.stopsAtNonAsciiResults() ? "e " : "\u00e9 ";
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      jobs.add(i % 50 == 3 ? enqueue("boom", "kaput " + i) : enqueue("echo", text + i));
    }
    work();
    for (int i = 0; i < jobs.size(); i++) {
      Job job = jobs.get(i);
      if (i % 50 == 3) {
        assertThatThrownBy(() -> job.result(PATIENCE)).hasMessageContaining("kaput " + i);
      } else {
        assertThat(job.result(PATIENCE)).isEqualTo(text + i);
      }
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  @Covers(Scenario.READABLE)
  void this_release_reads_all_that_is_there() {
    assertThat(python.unreadable()).isEmpty();
  }
}
