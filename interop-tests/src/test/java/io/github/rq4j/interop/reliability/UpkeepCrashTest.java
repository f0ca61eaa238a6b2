package io.github.rq4j.interop.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.RedisUnavailableException;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.testservers.Fault;
import io.github.rq4j.testservers.Incident;
import io.github.rq4j.testservers.RedisRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients, schedulers, maintenance and cron die in the middle of what they do. */
class UpkeepCrashTest {
  private static final Call CALL = Call.of(Scene.RUN);

  @AutoClose private final Scene scene = new Scene();

  private static EnqueueOptions named(String id) {
    return EnqueueOptions.builder().jobId(id).build();
  }

  private void cutWhileEnqueuing(Fault fault, boolean later) throws InterruptedException {
    // The server does not know the script yet and gets its text with the second attempt.
    Incident cut = scene.proxy.once(request -> request.command().equals("EVAL"), fault);
    try (RqClient client = RqClient.connect(scene.proxy.uri().toString())) {
      assertThatThrownBy(
              () -> {
                if (later) {
                  client.queue("default").enqueueAt(Instant.EPOCH, CALL, named("j"));
                } else {
                  client.queue("default").enqueue(CALL, named("j"));
                }
              })
          .isInstanceOf(RedisUnavailableException.class);
    }
    cut.await();
  }

  @Test
  void c1_before_a_job_is_enqueued_nothing_of_it_is_there() throws InterruptedException {
    cutWhileEnqueuing(Fault.CUT_BEFORE, false);
    assertThat(scene.keys("*")).isEmpty();
  }

  @Test
  void c1_a_job_whose_enqueuing_was_not_answered_is_there_as_a_whole() throws InterruptedException {
    cutWhileEnqueuing(Fault.CUT_AFTER, false);
    assertThat(scene.whereabouts("j")).isEqualTo("queued rq:queue:default");
    scene.workBurst();
    assertThat(scene.whereabouts("j")).isEqualTo("finished rq:finished:default");
  }

  @Test
  void c2_before_a_job_is_scheduled_nothing_of_it_is_there() throws InterruptedException {
    cutWhileEnqueuing(Fault.CUT_BEFORE, true);
    assertThat(scene.keys("*")).isEmpty();
  }

  @Test
  void c2_a_job_whose_scheduling_was_not_answered_is_there_as_a_whole()
      throws InterruptedException {
    cutWhileEnqueuing(Fault.CUT_AFTER, true);
    assertThat(scene.whereabouts("j")).isEqualTo("scheduled rq:scheduled:default");
  }

  private boolean movesTheJob(RedisRequest request) {
    return request.name().equals("due")
        && Long.valueOf(1).equals(scene.redis.command("ZCARD", "rq:scheduled:default"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"HOLD_REQUEST", "CUT_AFTER"})
  void s1_a_job_that_is_due_when_the_scheduler_dies_is_in_one_place_and_runs_once(Fault fault)
      throws InterruptedException {
    WorkerProcess worker = scene.waitingWorker("--with-scheduler");
    // The scheduler goes on, the workers do not.
    scene.redis.command("SET", "rq:suspended", "1");
    Incident dies = scene.proxy.once(this::movesTheJob, fault);
    scene.client.queue("default").enqueueAt(Instant.now().minusSeconds(1), CALL, named("j"));
    scene.kill(worker, dies);
    boolean moved = fault == Fault.CUT_AFTER;
    assertThat(scene.whereabouts("j"))
        .isEqualTo(moved ? "queued rq:queue:default" : "scheduled rq:scheduled:default");
    scene.redis.command("DEL", "rq:suspended");
    // The lock of the dead scheduler expires.
    assertThat((Long) scene.redis.command("TTL", "rq:scheduler-lock:default")).isBetween(1L, 61L);
    scene.redis.command("DEL", "rq:scheduler-lock:default");
    try (WorkerProcess other = scene.worker("--with-scheduler")) {
      scene.awaitStatus("j", "finished");
      assertThat(other.isAlive()).isTrue();
    }
    assertThat(scene.ledger.starts("j")).isEqualTo(1);
    assertThat(scene.whereabouts("j")).isEqualTo("finished rq:finished:default");
  }

  @Test
  void m1_jobs_run_while_the_lock_of_dead_maintenance_is_there_and_are_recovered_after_it()
      throws InterruptedException {
    try (WorkerProcess first = scene.waitingWorker()) {
      scene.enqueue("lost", Scene.HOLD);
      scene.awaitStart("lost");
      first.kill();
    }
    scene.claimsExpire();
    scene.proxy.cut();
    Incident dies = scene.proxy.once(r -> r.name().equals("abandoned"), Fault.HOLD_REQUEST);
    scene.kill(scene.worker(), dies);
    assertThat((Long) scene.redis.command("TTL", "rq:clean_registries:default"))
        .isBetween(1L, 899L);
    scene.enqueue("j", Scene.RUN);
    scene.workBurst();
    assertThat(scene.whereabouts("j")).isEqualTo("finished rq:finished:default");
    assertThat(scene.whereabouts("lost")).isEqualTo("started rq:wip:default");
    scene.redis.command("DEL", "rq:clean_registries:default");
    scene.maintain();
    assertThat(scene.whereabouts("lost")).isEqualTo("failed rq:failed:default");
  }

  /** The end of the transaction in which a job is enqueued. */
  private static boolean endsEnqueuing(RedisRequest request, AtomicBoolean begun) {
    if (request.name().equals("enqueue")) {
      begun.set(true);
    }
    return begun.get() && request.command().equals("EXEC");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"HOLD_REQUEST", "CUT_AFTER"})
  void cr_a_job_of_cron_is_enqueued_as_a_whole_or_not_at_all(Fault fault, @TempDir Path directory)
      throws IOException, InterruptedException {
    Path file = directory.resolve("cron.toml");
    Files.writeString(file, "[[job]]\nfunc = \"" + Scene.RUN + "\"\ninterval = 3600\n");
    AtomicBoolean begun = new AtomicBoolean();
    Incident dies = scene.proxy.once(request -> endsEnqueuing(request, begun), fault);
    scene.kill(scene.cron(file), dies);
    boolean stored = fault == Fault.CUT_AFTER;
    assertThat(scene.keys("rq:job:*")).hasSize(stored ? 1 : 0);
    assertThat(scene.client.queue("default").size()).isEqualTo(stored ? 1 : 0);
    try (WorkerProcess again = scene.cron(file)) {
      // As in RQ, a restart enqueues jobs with an interval at once.
      Scene.await(() -> scene.client.queue("default").size() == (stored ? 2 : 1));
      assertThat(again.isAlive()).isTrue();
    }
    scene.workBurst();
    assertThat(scene.client.queue("default").size()).isZero();
  }
}
