package io.github.rq4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.rq4j.testservers.EveryRqRelease;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.RqWorker;
import io.github.rq4j.worker.UnfinishedJobs;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Jobs that the end of a Java worker interrupted, as unmodified Python RQ finds them. */
@WithPythonRq
class UnfinishedJobsTest {

  /** Enqueues Python's {@code add}, and closes a Java worker while that runs there. */
  private static String interrupted(PythonRq python, TestRedis redis, UnfinishedJobs policy)
      throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch neverReleased = new CountDownLatch(1);
    Handlers handlers =
        Handlers.builder()
            .register(
                "rq4j_fixtures.tasks.add",
                arguments -> {
                  entered.countDown();
                  return neverReleased.await(1, TimeUnit.MINUTES);
                })
            .build();
    RqWorker worker =
        RqWorker.builder(redis.uri().toString(), handlers).unfinishedJobs(policy).build();
    try (worker) {
      worker.start();
      String id = python.enqueue("rq4j_fixtures.tasks.add", "1, y=2");
      assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
      worker.close(Duration.ZERO);
      return id;
    }
  }

  @EveryRqRelease
  void a_requeued_one_is_run_by_a_python_worker(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String id = interrupted(python, redis, UnfinishedJobs.REQUEUE);
    assertThat(python.job(id).status()).isEqualTo("queued");
    assertThat(python.job(id).workerName()).isNull();
    assertThat(python.job(id).time("started_at")).isNull();
    assertThat(python.registries("default").get("queued")).containsExactly(id);
    assertThat(python.registries("default").get("started")).isEmpty();
    python.workBurst();
    assertThat(python.job(id).status()).isEqualTo("finished");
    assertThat(python.resultDifference(id, "3")).isEmpty();
  }

  @EveryRqRelease
  void a_failed_one_tells_why_and_can_be_requeued(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String id = interrupted(python, redis, UnfinishedJobs.FAIL);
    assertThat(python.job(id).excInfo()).contains("ShutDownImminentException");
    assertThat(python.registries("default").get("failed")).containsExactly(id);
    python.requeue(id);
    python.workBurst();
    assertThat(python.job(id).status()).isEqualTo("finished");
  }

  @EveryRqRelease
  void one_that_was_left_started_is_found_there(PythonRq python, TestRedis redis)
      throws InterruptedException {
    assumeFalse(python.release().version().startsWith("1."), "RQ 1.x knows no executions");
    String id = interrupted(python, redis, UnfinishedJobs.LEAVE_STARTED);
    assertThat(python.job(id).status()).isEqualTo("started");
    assertThat(python.registries("default").get("started")).containsExactly(id);
  }
}
