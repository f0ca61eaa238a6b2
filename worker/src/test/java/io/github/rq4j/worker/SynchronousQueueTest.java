package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Callback;
import io.github.rq4j.client.CallbackFailedException;
import io.github.rq4j.client.EnqueueData;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobFailedException;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RateLimit;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithRedis
class SynchronousQueueTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private final List<String> ran = new ArrayList<>();
  @AutoClose private RqClient client;
  private Queue queue;

  @BeforeEach
  void connect(TestRedis redis) {
    client = RqClient.connect(redis.uri().toString());
    Handlers handlers =
        Handlers.builder()
            .register(
                "note",
                Parameter.of("text", String.class),
                text -> {
                  ran.add(text + " in " + Thread.currentThread().getName());
                  return text.length();
                })
            .register(
                "refuse",
                () -> {
                  throw new IllegalStateException("no");
                })
            .onSuccess("returned", (job, result) -> ran.add(seen(job) + " returned " + result))
            .onFailure("failed", (job, failure) -> ran.add(seen(job) + " " + failure.message()))
            .onSuccess(
                "broken",
                (job, result) -> {
                  throw new IOException("broken callback");
                })
            .build();
    queue = SynchronousQueue.of(client.queue("q"), handlers);
  }

  @Test
  void a_job_has_run_in_this_thread_when_it_is_enqueued() {
    Job job = queue.enqueue(Call.of("note").args("abc"));
    assertThat(ran).containsExactly("abc in " + Thread.currentThread().getName());
    assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
    assertThat(job.result(AT_ONCE)).isEqualTo(3L);
    assertThat(queue.size()).isZero();
  }

  @Test
  void a_failure_is_stored_and_not_thrown() {
    Job job = queue.enqueue(Call.of("refuse"));
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThatThrownBy(() -> job.result(AT_ONCE))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("no");
  }

  private String seen(ExecutedJob job) {
    String call = job.arguments().orElseThrow().args() + " in " + job.queue();
    return call + " by " + job.workerName() + " " + client.job(job.id()).status().text();
  }

  private static EnqueueOptions.Builder options() {
    return EnqueueOptions.builder().jobId("j");
  }

  @Test
  void callbacks_are_called_when_the_end_is_stored() {
    EnqueueOptions both =
        options().onSuccess(Callback.of("returned")).onFailure(Callback.of("failed")).build();
    queue.enqueue(Call.of("note").args("abc"), both);
    queue.enqueue(Call.of("refuse"), both);
    assertThat(ran.subList(1, 3))
        .containsExactly("[abc] in q by sync finished returned 3", "[] in q by sync failed no");
  }

  @Test
  void what_a_callback_throws_comes_out_of_the_call_and_the_end_stays_stored() {
    assertThatThrownBy(
            () ->
                queue.enqueue(
                    Call.of("note").args("abc"),
                    options().onSuccess(Callback.of("broken")).build()))
        .isInstanceOfSatisfying(
            CallbackFailedException.class, e -> assertThat(e.jobId()).isEqualTo("j"))
        .hasMessage("job j: callback broken: broken callback")
        .hasCauseInstanceOf(IOException.class);
    assertThat(client.job("j").result(AT_ONCE)).isEqualTo(3L);
  }

  @Test
  void a_callback_that_is_not_registered_is_told_as_in_rq() {
    assertThatThrownBy(
            () ->
                queue.enqueue(
                    Call.of("refuse"), options().onFailure(Callback.of("who.knows")).build()))
        .isInstanceOf(CallbackFailedException.class)
        .hasMessageContaining("Invalid attribute name: who.knows");
    assertThat(client.job("j").status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void a_job_of_an_unknown_name_fails_as_in_a_worker() {
    Job job = queue.enqueue(Call.of("who.knows"));
    assertThatThrownBy(() -> job.result(AT_ONCE))
        .hasMessageContaining("Invalid attribute name: who.knows");
  }

  @Test
  void a_job_that_waits_for_another_is_only_stored() {
    Job parent = client.queue("q").enqueue(Call.of("note").args("p"));
    Job child =
        queue.enqueue(
            Call.of("note").args("c"), EnqueueOptions.builder().dependsOn(parent).build());
    assertThat(child.status()).isEqualTo(JobStatus.DEFERRED);
    assertThat(ran).isEmpty();
  }

  @Test
  void many_jobs_run_one_after_the_other() {
    List<Job> jobs =
        queue
            .enqueueMany(
                List.of(
                    EnqueueData.of(Call.of("note").args("a")),
                    EnqueueData.of(Call.of("note").args("b"))))
            .jobsOrThrow();
    assertThat(jobs).allSatisfy(job -> assertThat(job.status()).isEqualTo(JobStatus.FINISHED));
    assertThat(ran).hasSize(2);
  }

  @Test
  void a_rate_limit_is_refused_as_in_rq() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                queue.enqueue(
                    Call.of("note").args("a"),
                    EnqueueOptions.builder().rateLimit(new RateLimit("k", 1)).build()));
    assertThat(ran).isEmpty();
  }

  @Test
  void result_and_traceback_are_in_the_hash_for_clients_that_know_no_streams(TestRedis redis) {
    Job done = queue.enqueue(Call.of("note").args("a"));
    Job failed = queue.enqueue(Call.of("unknown"));
    assertThat(redis.bytes("HGET", "rq:job:" + done.id(), "result")).isNotEmpty();
    assertThat(redis.bytes("HGET", "rq:job:" + failed.id(), "exc_info")).isNotEmpty();
  }
}
