package io.github.rq4j.interop.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Dependency;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.RateLimit;
import io.github.rq4j.client.Repeat;
import io.github.rq4j.client.Retry;
import io.github.rq4j.client.Webhook;
import io.github.rq4j.testservers.Fault;
import io.github.rq4j.testservers.Incident;
import io.github.rq4j.worker.RqWorker;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A worker process is killed at each point in the life of one job: what of the job is left then,
 * and what becomes of it. The points are named as in {@code docs/reliability.md}.
 */
class CrashPointsTest {
  private static final String ABANDONED =
      "Moved to FailedJobRegistry, due to AbandonedJobError, at \\d{4}-.*\\+00:00";
  private static final String ONE = "default";
  private static final String SEVERAL = "high,default,low";

  @AutoClose private final Scene scene = new Scene();

  private void assertAbandoned(String id) throws InterruptedException {
    scene.claimsExpire();
    scene.maintain();
    assertThat(scene.whereabouts(id)).isEqualTo("failed rq:failed:default");
    assertThat(scene.failures(id)).singleElement().asString().matches(ABANDONED);
    // Neither time nor further runs add anything.
    scene.maintain();
    scene.workBurst();
    assertThat(scene.whereabouts(id)).isEqualTo("failed rq:failed:default");
    assertThat(scene.failures(id)).hasSize(1);
    assertThat(scene.keys("rq:execution*")).isEmpty();
  }

  private void assertRetriedToTheEnd(String id) throws InterruptedException {
    scene.claimsExpire();
    scene.maintain();
    assertThat(scene.whereabouts(id)).isEqualTo("queued rq:queue:default");
    scene.workBurst();
    assertThat(scene.whereabouts(id)).isEqualTo("finished rq:finished:default");
    long runs = scene.ledger.starts(id);
    scene.claimsExpire();
    scene.workBurst();
    assertThat(scene.whereabouts(id)).isEqualTo("finished rq:finished:default");
    assertThat(scene.ledger.starts(id)).isEqualTo(runs);
    assertThat(scene.keys("rq:execution*")).isEmpty();
  }

  private static EnqueueOptions.Builder retried() {
    return EnqueueOptions.builder().retry(Retry.times(3));
  }

  @ParameterizedTest
  @ValueSource(strings = {ONE, SEVERAL})
  void p0_a_worker_that_dies_when_it_is_woken_up_holds_no_job(String queues)
      throws InterruptedException {
    Incident woken =
        scene.proxy.once(
            request -> request.name().equals("BLMOVE") && request.mentions("rq:queue:default"),
            Fault.CUT_AFTER);
    WorkerProcess worker = scene.waitingWorker(queues.split(","));
    scene.enqueue("j", Scene.RUN);
    scene.kill(worker, woken);
    assertThat(scene.whereabouts("j")).isEqualTo("queued rq:queue:default");
    scene.workBurst();
    assertThat(scene.whereabouts("j")).isEqualTo("finished rq:finished:default");
    assertThat(scene.ledger.starts("j")).isEqualTo(1);
  }

  @Test
  void p0_a_job_whose_claim_was_answered_into_a_broken_connection_runs_once()
      throws InterruptedException {
    try (RqWorker worker = scene.workerHere().build()) {
      worker.start();
      Scene.await(() -> scene.proxy.count("BLMOVE") > 0);
      Incident lost = scene.proxy.once(r -> r.name().equals("claim"), Fault.CUT_AFTER);
      scene.enqueue("j", Scene.RUN);
      lost.await();
      scene.awaitStatus("j", "finished");
    }
    assertThat(scene.whereabouts("j")).isEqualTo("finished rq:finished:default");
    assertThat(scene.ledger.of("j")).containsExactly("start", "end");
  }

  @ParameterizedTest
  @ValueSource(strings = {ONE, SEVERAL})
  void p1_before_the_claim_the_job_is_queued_and_the_next_worker_runs_it(String queues)
      throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker(queues.split(","));
    scene.killBefore(worker, "claim", () -> scene.enqueue("j", Scene.RUN));
    assertThat(scene.whereabouts("j")).isEqualTo("queued rq:queue:default");
    scene.workBurst();
    assertThat(scene.whereabouts("j")).isEqualTo("finished rq:finished:default");
    assertThat(scene.ledger.starts("j")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {ONE, SEVERAL})
  void p2_after_the_claim_the_job_is_started_and_fails_once(String queues)
      throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker(queues.split(","));
    scene.killAfter(worker, "claim", () -> scene.enqueue("j", Scene.RUN));
    assertThat(scene.whereabouts("j")).isEqualTo("started rq:wip:default");
    assertThat(scene.keys("rq:execution:j:*")).hasSize(1);
    assertAbandoned("j");
    assertThat(scene.ledger.of("j")).isEmpty();
  }

  @Test
  void p2_after_the_claim_a_job_with_retries_runs_once_more_and_never_after_it_has_finished()
      throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker();
    scene.killAfter(worker, "claim", () -> scene.enqueue("j", Scene.RUN, retried()));
    assertThat(scene.whereabouts("j")).isEqualTo("started rq:wip:default");
    assertRetriedToTheEnd("j");
    assertThat(scene.ledger.starts("j")).isEqualTo(1);
  }

  @Test
  void p3a_a_job_that_outlives_its_claim_stays_failed() throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker();
    scene.enqueue("j", Scene.HOLD);
    scene.awaitStart("j");
    worker.signal("STOP");
    assertStoppedJobIsAbandoned();
    scene.ledger.release();
    worker.signal("CONT");
    worker.awaitOutput("was canceled, deleted or declared abandoned while it ran");
    assertThat(scene.whereabouts("j")).isEqualTo("failed rq:failed:default");
    assertThat(scene.failures("j")).hasSize(1);
  }

  private void assertStoppedJobIsAbandoned() throws InterruptedException {
    scene.claimsExpire();
    scene.maintain();
    assertThat(scene.whereabouts("j")).isEqualTo("failed rq:failed:default");
  }

  @Test
  void p3a_of_two_runs_of_a_job_that_outlived_its_claim_one_is_stored()
      throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker();
    scene.enqueue("j", Scene.HOLD, retried());
    scene.awaitStart("j");
    worker.signal("STOP");
    scene.ledger.release();
    assertRetriedToTheEnd("j");
    worker.signal("CONT");
    worker.awaitOutput("was canceled, deleted or declared abandoned while it ran");
    assertThat(scene.whereabouts("j")).isEqualTo("finished rq:finished:default");
    assertThat(scene.client.job("j").results()).hasSize(1);
  }

  @Test
  void p3b_a_thread_that_ends_with_an_error_of_the_jvm_fails_its_job_at_once()
      throws InterruptedException {
    scene.enqueue("j", "rq4j_fixtures.ledger.overflow");
    scene.enqueue("next", Scene.RUN);
    scene.workBurst();
    assertThat(scene.whereabouts("j")).isEqualTo("failed rq:failed:default");
    assertThat(scene.failures("j")).singleElement().asString().contains("StackOverflowError");
    assertThat(scene.whereabouts("next")).isEqualTo("finished rq:finished:default");
  }

  @Test
  void p3c_a_job_whose_process_dies_fails_as_abandoned() throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker();
    scene.enqueue("j", Scene.HOLD);
    scene.awaitStart("j");
    worker.kill();
    assertThat(scene.whereabouts("j")).isEqualTo("started rq:wip:default");
    assertAbandoned("j");
    assertThat(scene.ledger.of("j")).containsExactly("start");
  }

  @Test
  void p3c_a_job_with_retries_whose_process_dies_runs_again() throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker();
    scene.enqueue("j", Scene.HOLD, retried());
    scene.awaitStart("j");
    worker.kill();
    scene.ledger.release();
    assertRetriedToTheEnd("j");
    assertThat(scene.ledger.of("j")).containsExactly("start", "start", "end");
    assertThat(scene.redis.command("HGET", "rq:job:j", "retries_left")).isEqualTo("2");
  }

  @Test
  void p4_a_job_that_is_done_but_not_stored_fails_as_abandoned() throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker();
    scene.killBefore(worker, "finish", () -> scene.enqueue("j", Scene.RUN));
    assertThat(scene.ledger.of("j")).containsExactly("start", "end");
    assertThat(scene.whereabouts("j")).isEqualTo("started rq:wip:default");
    assertAbandoned("j");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CUT_BEFORE", "CUT_AFTER"})
  void p4_an_outcome_whose_storing_was_cut_off_is_stored_once(Fault fault)
      throws InterruptedException {
    try (RqWorker worker = scene.workerHere().build()) {
      worker.start();
      Incident lost = scene.proxy.once(r -> r.name().equals("finish"), fault);
      scene.enqueue("j", Scene.RUN);
      lost.await();
      scene.awaitStatus("j", "finished");
    }
    assertThat(scene.whereabouts("j")).isEqualTo("finished rq:finished:default");
    assertThat(scene.ledger.of("j")).containsExactly("start", "end");
    assertThat(scene.client.job("j").results()).hasSize(1);
  }

  private void enqueueWithChild(String function, boolean allowFailure) {
    Dependency dependency = Dependency.on("j");
    // The child first registers with a parent that exists: both are there before either can run.
    scene.redis.command("SET", "rq:suspended", "1");
    scene.enqueue("j", function);
    scene.enqueue(
        "child",
        Scene.RUN,
        EnqueueOptions.builder()
            .dependsOn(allowFailure ? dependency.allowingFailure() : dependency));
    scene.redis.command("DEL", "rq:suspended");
  }

  @Test
  void p5_before_the_outcome_is_stored_a_dependent_waits() throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker();
    scene.killBefore(worker, "finish", () -> enqueueWithChild(Scene.RUN, false));
    assertThat(scene.whereabouts("j")).isEqualTo("started rq:wip:default");
    assertThat(scene.whereabouts("child")).isEqualTo("deferred rq:deferred:default");
    assertAbandoned("j");
    assertThat(scene.whereabouts("child")).isEqualTo("deferred rq:deferred:default");
  }

  @Test
  void p5_with_the_outcome_a_dependent_is_enqueued() throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker();
    scene.killAfter(worker, "finish", () -> enqueueWithChild(Scene.RUN, false));
    assertThat(scene.whereabouts("j")).isEqualTo("finished rq:finished:default");
    assertThat(scene.whereabouts("child")).isEqualTo("queued rq:queue:default");
    scene.workBurst();
    assertThat(scene.whereabouts("child")).isEqualTo("finished rq:finished:default");
    assertThat(scene.ledger.starts("child")).isEqualTo(1);
  }

  private void enqueueTwoUnderALimit() {
    scene.redis.command("SET", "rq:suspended", "1");
    for (String id : new String[] {"j", "waiting"}) {
      EnqueueOptions.Builder limited =
          EnqueueOptions.builder().rateLimit(new RateLimit("limit", 1));
      scene.enqueue(id, Scene.RUN, limited);
    }
    scene.redis.command("DEL", "rq:suspended");
  }

  @Test
  void p6_a_place_under_a_rate_limit_comes_free_when_its_job_is_abandoned()
      throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker();
    scene.killBefore(worker, "finish", this::enqueueTwoUnderALimit);
    assertThat(scene.whereabouts("waiting")).isEqualTo("rate_limited");
    scene.claimsExpire();
    scene.maintain();
    assertThat(scene.whereabouts("j")).isEqualTo("failed rq:failed:default");
    assertThat(scene.whereabouts("waiting")).isEqualTo("queued rq:queue:default");
  }

  @Test
  void p6_a_place_under_a_rate_limit_comes_free_with_the_outcome() throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker();
    scene.killAfter(worker, "finish", this::enqueueTwoUnderALimit);
    assertThat(scene.whereabouts("j")).isEqualTo("finished rq:finished:default");
    assertThat(scene.whereabouts("waiting")).isEqualTo("queued rq:queue:default");
    scene.workBurst();
    assertThat(scene.ledger.starts("waiting")).isEqualTo(1);
    assertThat(scene.keys("rq:rl:limit:*")).isEmpty();
  }

  private static EnqueueOptions.Builder telling(WebhookReceiver receiver) {
    return EnqueueOptions.builder()
        .webhooks(
            Webhook.onFinished(receiver.url("finished")), Webhook.onFailed(receiver.url("failed")));
  }

  @Test
  void p6_no_webhook_tells_of_an_outcome_that_was_not_stored() throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start()) {
      WorkerProcess worker = scene.waitingWorker();
      scene.killBefore(worker, "finish", () -> scene.enqueue("j", Scene.RUN, telling(receiver)));
      scene.claimsExpire();
      scene.maintain();
      assertThat(scene.whereabouts("j")).isEqualTo("failed rq:failed:default");
      assertThat(receiver.received()).containsExactly("failed");
    }
  }

  @Test
  void p6_a_webhook_that_was_not_sent_is_not_made_up_for() throws Exception {
    try (WebhookReceiver receiver = WebhookReceiver.start()) {
      WorkerProcess worker = scene.waitingWorker();
      scene.killAfter(worker, "finish", () -> scene.enqueue("j", Scene.RUN, telling(receiver)));
      assertThat(scene.whereabouts("j")).isEqualTo("finished rq:finished:default");
      scene.enqueue("next", Scene.BOOM, telling(receiver));
      scene.workBurst();
      assertThat(scene.whereabouts("j")).isEqualTo("finished rq:finished:default");
      assertThat(receiver.received()).containsExactly("failed");
    }
  }

  @Test
  void p7_nothing_but_the_state_of_the_dead_worker_is_left_and_that_expires()
      throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker("--name", "w");
    scene.killAfter(worker, "finish", () -> scene.enqueue("j", Scene.RUN));
    assertThat(scene.whereabouts("j")).isEqualTo("finished rq:finished:default");
    assertThat(scene.redis.command("HGET", "rq:worker:w", "successful_job_count")).isEqualTo("1");
    assertThat(scene.keys("rq:worker:w:executions")).isEmpty();
    assertThat((Long) scene.redis.command("TTL", "rq:worker:w")).isBetween(1L, 90L);
  }

  @Test
  void f1_a_failure_that_was_not_stored_ends_as_abandoned() throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker();
    scene.killBefore(worker, "fail", () -> scene.enqueue("j", Scene.BOOM));
    assertThat(scene.whereabouts("j")).isEqualTo("started rq:wip:default");
    assertAbandoned("j");
  }

  @Test
  void f2_failure_and_counter_are_stored_in_one_step() throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker("--name", "w");
    scene.killAfter(worker, "fail", () -> scene.enqueue("j", Scene.BOOM));
    assertThat(scene.whereabouts("j")).isEqualTo("failed rq:failed:default");
    assertThat(scene.failures("j")).singleElement().asString().contains("boom");
    assertThat(scene.redis.command("HGET", "rq:worker:w", "failed_job_count")).isEqualTo("1");
    scene.claimsExpire();
    scene.maintain();
    assertThat(scene.failures("j")).hasSize(1);
  }

  @Test
  void f3_with_the_failure_a_dependent_that_allows_it_is_enqueued() throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker();
    scene.killAfter(worker, "fail", () -> enqueueWithChild(Scene.BOOM, true));
    assertThat(scene.whereabouts("j")).isEqualTo("failed rq:failed:default");
    assertThat(scene.whereabouts("child")).isEqualTo("queued rq:queue:default");
    scene.workBurst();
    assertThat(scene.ledger.starts("child")).isEqualTo(1);
  }

  @Test
  void f3_when_the_failure_was_not_stored_the_dependent_is_enqueued_with_the_abandonment()
      throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker();
    scene.killBefore(worker, "fail", () -> enqueueWithChild(Scene.BOOM, true));
    assertThat(scene.whereabouts("child")).isEqualTo("deferred rq:deferred:default");
    scene.claimsExpire();
    scene.maintain();
    assertThat(scene.whereabouts("j")).isEqualTo("failed rq:failed:default");
    assertThat(scene.whereabouts("child")).isEqualTo("queued rq:queue:default");
  }

  private static EnqueueOptions.Builder retriedLater() {
    return EnqueueOptions.builder().retry(Retry.times(3).after(Duration.ofSeconds(100)));
  }

  private Object retriesLeft() {
    return String.valueOf(scene.redis.command("HGET", "rq:job:j", "retries_left"));
  }

  @Test
  void r1_a_retry_that_was_not_stored_takes_one_attempt_when_it_is_made_up_for()
      throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker();
    scene.killBefore(worker, "retry", () -> scene.enqueue("j", Scene.BOOM, retriedLater()));
    assertThat(scene.whereabouts("j")).isEqualTo("started rq:wip:default");
    assertThat(retriesLeft()).isEqualTo("3");
    scene.claimsExpire();
    scene.maintain();
    assertThat(scene.whereabouts("j")).isEqualTo("scheduled rq:scheduled:default");
    assertThat(retriesLeft()).isEqualTo("2");
  }

  @Test
  void r1_a_retry_that_was_stored_is_scheduled_once() throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker();
    scene.killAfter(worker, "retry", () -> scene.enqueue("j", Scene.BOOM, retriedLater()));
    assertThat(scene.whereabouts("j")).isEqualTo("scheduled rq:scheduled:default");
    scene.claimsExpire();
    scene.maintain();
    assertThat(scene.whereabouts("j")).isEqualTo("scheduled rq:scheduled:default");
    assertThat(retriesLeft()).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void r2_an_immediate_retry_is_queued_once(boolean stored) throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker();
    String lucky = "rq4j_fixtures.ledger.second_time_lucky";
    if (stored) {
      scene.killAfter(worker, "retry", () -> scene.enqueue("j", lucky, retried()));
    } else {
      scene.killBefore(worker, "retry", () -> scene.enqueue("j", lucky, retried()));
      scene.claimsExpire();
      scene.maintain();
    }
    assertThat(scene.whereabouts("j")).isEqualTo("queued rq:queue:default");
    assertThat(retriesLeft()).isEqualTo("2");
    scene.workBurst();
    assertThat(scene.whereabouts("j")).isEqualTo("finished rq:finished:default");
    assertThat(scene.ledger.of("j")).containsExactly("start", "start", "end");
  }

  private static EnqueueOptions.Builder repeated() {
    return EnqueueOptions.builder().repeat(Repeat.times(2).after(Duration.ofSeconds(100)));
  }

  @Test
  void rp_a_repetition_that_was_not_stored_ends_as_abandoned() throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker();
    scene.killBefore(worker, "repeat", () -> scene.enqueue("j", Scene.RUN, repeated()));
    assertThat(scene.whereabouts("j")).isEqualTo("started rq:wip:default");
    assertAbandoned("j");
  }

  @Test
  void rp_a_repetition_is_scheduled_in_the_step_that_stores_the_result()
      throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker();
    scene.killAfter(worker, "repeat", () -> scene.enqueue("j", Scene.RUN, repeated()));
    assertThat(scene.client.job("j").results()).hasSize(1);
    String before = scene.whereabouts("j");
    assertThat(before)
        .startsWith("scheduled")
        .contains("rq:scheduled:default")
        .doesNotContain("wip");
    scene.claimsExpire();
    scene.maintain();
    assertThat(scene.whereabouts("j")).isEqualTo(before);
  }

  @Test
  void p3c_a_job_whose_process_dies_runs_again_where_the_worker_is_told_so()
      throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker();
    scene.enqueue("j", Scene.HOLD);
    scene.awaitStart("j");
    worker.kill();
    scene.claimsExpire();
    scene.ledger.release();
    try (WorkerProcess next = scene.worker("--on-crash", "requeue")) {
      scene.awaitStatus("j", "finished");
      assertThat(next.output()).contains("its worker is gone, it is enqueued again");
    }
    assertThat(scene.whereabouts("j")).isEqualTo("finished rq:finished:default");
    assertThat(scene.ledger.of("j")).containsExactly("start", "start", "end");
    assertThat(scene.redis.command("HEXISTS", "rq:job:j", "rq4j_crashes")).isEqualTo(0L);
  }

  @Test
  void p3c_a_job_that_ends_each_of_its_processes_fails_in_the_end() throws InterruptedException {
    scene.enqueue("j", Scene.HOLD);
    for (int run = 1; run <= 2; run++) {
      WorkerProcess worker = scene.worker("--on-crash", "requeue", "--max-crashes", "1");
      int expected = run;
      Scene.await(() -> scene.ledger.starts("j") == expected);
      worker.kill();
      scene.claimsExpire();
      scene.redis.command("DEL", "rq:clean_registries:default");
    }
    try (WorkerProcess last = scene.worker("--on-crash", "requeue", "--max-crashes", "1")) {
      scene.awaitStatus("j", "failed");
      assertThat(last.isAlive()).isTrue();
    }
    assertThat(scene.whereabouts("j")).isEqualTo("failed rq:failed:default");
    assertThat(scene.failures("j")).singleElement().asString().matches(ABANDONED);
  }
}
