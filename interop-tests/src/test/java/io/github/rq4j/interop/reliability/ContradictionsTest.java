package io.github.rq4j.interop.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Retry;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What leads RQ's workers to run a job twice, to tell two stories of one job, or to stop. */
class ContradictionsTest {
  private static final String TAKEN = "rq:queue:default:intermediate";

  @AutoClose private final Scene scene = new Scene();

  @ParameterizedTest
  @CsvSource({
    "created_at,     yesterday",
    "enqueued_at,    2026-99-99T00:00:00Z",
    "started_at,     ?",
    "status,         of the future",
    "timeout,        soon",
    "result_ttl,     long",
    "failure_ttl,    longer",
    "retries_left,   many",
    "retry_intervals, {",
    "meta,           not a pickle",
    "data,           neither"
  })
  void poison_stops_neither_the_worker_nor_those_after_it(String field, String value)
      throws InterruptedException {
    scene.enqueue("poison", Scene.RUN);
    scene.redis.command("HSET", "rq:job:poison", field, value);
    scene.enqueue("next", Scene.RUN);
    scene.workBurst();
    assertThat(scene.whereabouts("next")).isEqualTo("finished rq:finished:default");
    assertThat(scene.whereabouts("poison"))
        .isIn("finished rq:finished:default", "failed rq:failed:default");
    assertThat(scene.keys("rq:clean_registries:*")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"created_at, yesterday", "status, of the future", "timeout, soon", "data, neither"})
  void poison_that_a_dead_worker_of_python_took_does_not_stop_maintenance(
      String field, String value) throws InterruptedException {
    scene.enqueue("poison", Scene.RUN);
    scene.enqueue("lost", Scene.RUN);
    for (int i = 0; i < 2; i++) {
      scene.redis.command("LMOVE", "rq:queue:default", TAKEN, "LEFT", "RIGHT");
    }
    scene.redis.command("HSET", "rq:job:poison", field, value);
    scene.maintain();
    minutesPass("poison");
    minutesPass("lost");
    scene.maintain();
    assertThat(scene.whereabouts("lost")).isEqualTo("failed rq:failed:default");
    assertThat(scene.whereabouts("poison")).doesNotContain("intermediate");
    assertThat(scene.keys("rq:clean_registries:*")).isEmpty();
  }

  /** Since the job was first seen where a worker that took it keeps it. */
  private void minutesPass(String id) {
    String firstSeen = TAKEN + ":first_seen:" + id;
    scene.redis.command("HSET", "rq:job:" + id, "enqueued_at", "2024-02-29T12:30:00.000000Z");
    long ago = Instant.now().getEpochSecond() - 300;
    scene.redis.command("SET", firstSeen, Long.toString(ago), "XX");
  }

  @Test
  void a_worker_that_was_stopped_for_minutes_stores_nothing_over_what_was_decided_meanwhile()
      throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker();
    scene.enqueue("j", Scene.HOLD);
    scene.awaitStart("j");
    worker.signal("STOP");
    scene.claimsExpire();
    scene.maintain();
    scene.client.job("j").requeue();
    scene.ledger.release();
    worker.signal("CONT");
    worker.awaitOutput("was canceled, deleted or declared abandoned while it ran");
    scene.awaitStatus("j", "finished");
    assertThat(scene.whereabouts("j")).isEqualTo("finished rq:finished:default");
    assertThat(scene.ledger.starts("j")).isEqualTo(2);
  }

  @Test
  void an_id_that_stands_twice_in_the_intermediate_list_is_taken_over_once()
      throws InterruptedException {
    scene.enqueue("j", Scene.RUN, EnqueueOptions.builder().retry(Retry.times(5)));
    scene.redis.command("LMOVE", "rq:queue:default", TAKEN, "LEFT", "RIGHT");
    scene.redis.command("RPUSH", TAKEN, "j");
    scene.maintain();
    minutesPass("j");
    scene.maintain();
    assertThat(scene.whereabouts("j")).contains("queued rq:queue:default");
    scene.workBurst();
    scene.maintain();
    minutesPass("j");
    scene.workBurst();
    assertThat(scene.whereabouts("j")).isEqualTo("finished rq:finished:default");
    assertThat(scene.ledger.starts("j")).isEqualTo(1);
    assertThat(scene.redis.command("HGET", "rq:job:j", "retries_left")).isEqualTo("4");
  }

  @Test
  void a_job_that_was_stuck_once_is_not_failed_for_that_when_it_is_taken_again()
      throws InterruptedException {
    scene.enqueue("j", Scene.RUN);
    long ago = Instant.now().getEpochSecond() - 300;
    // From an earlier stay; the job was enqueued again since.
    scene.redis.command("SET", TAKEN + ":first_seen:j", Long.toString(ago), "EX", "86400");
    scene.redis.command("LMOVE", "rq:queue:default", TAKEN, "LEFT", "RIGHT");
    scene.maintain();
    assertThat(scene.whereabouts("j")).isEqualTo("queued " + TAKEN);
  }

  @ParameterizedTest
  @CsvSource({"finished, rq:finished:default", "failed, rq:failed:default"})
  void a_job_that_has_ended_is_neither_run_again_nor_ended_otherwise_for_what_was_left_behind(
      String status, String registry) throws InterruptedException {
    EnqueueOptions.Builder retried = EnqueueOptions.builder().retry(Retry.times(1));
    scene.enqueue("j", status.equals("failed") ? Scene.BOOM : Scene.RUN, retried);
    scene.workBurst();
    long runs = scene.ledger.starts("j");
    scene.redis.command("HSET", "rq:job:j", "retries_left", "5");
    scene.redis.command("ZADD", "rq:wip:default", "5", "j:0123");
    scene.redis.command("RPUSH", TAKEN, "j");
    scene.maintain();
    minutesPass("j");
    scene.workBurst();
    assertThat(scene.whereabouts("j")).isEqualTo(status + " " + registry);
    assertThat(scene.ledger.starts("j")).isEqualTo(runs);
  }

  @Test
  void what_others_change_while_a_job_runs_is_kept() throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker();
    scene.enqueue("canceled", Scene.HOLD);
    scene.awaitStart("canceled");
    scene.redis.command("HSET", "rq:job:canceled", "note", "from outside");
    scene.client.job("canceled").cancel();
    scene.ledger.release();
    worker.awaitOutput("was canceled, deleted or declared abandoned while it ran");
    assertThat(scene.whereabouts("canceled")).isEqualTo("canceled");
    assertThat(scene.redis.command("HGET", "rq:job:canceled", "note")).isEqualTo("from outside");
    assertThat(scene.client.job("canceled").results()).isEmpty();
  }
}
