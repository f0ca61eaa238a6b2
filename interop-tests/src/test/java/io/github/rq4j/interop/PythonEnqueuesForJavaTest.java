package io.github.rq4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.testservers.EveryRqRelease;
import io.github.rq4j.testservers.PythonJob;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.RqWorker;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Unmodified Python RQ enqueues, a Java worker runs, unmodified Python RQ reads. */
@WithPythonRq
class PythonEnqueuesForJavaTest {

  @EveryRqRelease
  void a_result_arrives_with_status_times_and_worker(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String id = python.enqueue("java.add", "2, y=3");
    JavaWorker.burst(redis);
    PythonJob job = python.job(id);
    assertThat(job.status()).isEqualTo("finished");
    assertThat(python.resultDifference(id, "5")).isEmpty();
    assertThat(job.workerName()).isEqualTo("java");
    assertThat(job.time("started_at")).isNotNull().isAfterOrEqualTo(job.time("enqueued_at"));
    assertThat(job.time("ended_at")).isNotNull().isAfterOrEqualTo(job.time("started_at"));
    assertThat(job.latestResult().orElseThrow().type()).contains("SUCCESSFUL");
    assertThat(python.registries("default").get("finished")).containsExactly(id);
    assertThat(python.registries("default").get("started")).isEmpty();
    assertThat(job.secondsToLive()).isBetween(480L, 500L);
  }

  @EveryRqRelease
  void values_of_every_usual_type_come_back_as_they_went(PythonRq python, TestRedis redis)
      throws InterruptedException {
    List<String> values = PythonValues.expressions(true);
    List<String> ids = values.stream().map(value -> python.enqueue("java.echo", value)).toList();
    JavaWorker.burst(redis);
    for (int i = 0; i < values.size(); i++) {
      assertThat(python.resultDifference(ids.get(i), values.get(i)))
          .as("%s is %s", values.get(i), python.job(ids.get(i)))
          .isEmpty();
    }
  }

  @EveryRqRelease
  void a_method_that_returns_nothing_gives_none(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String id = python.enqueue("java.nothing", "");
    JavaWorker.burst(redis);
    assertThat(python.job(id).status()).isEqualTo("finished");
    assertThat(python.job(id).returnValue().isNone()).isTrue();
  }

  @EveryRqRelease
  void a_failure_reads_like_a_traceback_with_its_cause(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String id = python.enqueue("java.boom", "'kaput'");
    JavaWorker.burst(redis);
    PythonJob job = python.job(id);
    assertThat(job.status()).isEqualTo("failed");
    assertThat(job.latestResult().orElseThrow().type()).contains("FAILED");
    assertThat(job.latestResult().orElseThrow().excString())
        .startsWith("Traceback (most recent call last):\n")
        .contains("java.lang.IllegalArgumentException: the cause\n")
        .contains("in io.github.rq4j.interop.JavaTasks.boom\n")
        .endsWith("java.lang.IllegalStateException: kaput\n");
    assertThat(job.excInfo()).isEqualTo(job.latestResult().orElseThrow().excString());
    assertThat(python.registries("default").get("failed")).containsExactly(id);
  }

  @EveryRqRelease
  void arguments_that_do_not_fit_fail_as_in_python(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String missing = python.enqueue("java.add", "");
    String unexpected = python.enqueue("java.add", "1, z=2");
    String wrongType = python.enqueue("java.add", "'one'");
    String unknown = python.enqueue("java.unknown", "");
    JavaWorker.burst(redis);
    assertThat(python.job(missing).excInfo())
        .endsWith("TypeError: add() missing 1 required positional argument: 'x'\n");
    assertThat(python.job(unexpected).excInfo())
        .endsWith("TypeError: add() got an unexpected keyword argument 'z'\n");
    assertThat(python.job(wrongType).excInfo()).contains("TypeError: add() argument x");
    assertThat(python.job(unknown).excInfo())
        .contains("ValueError: Invalid attribute name: java.unknown");
  }

  @EveryRqRelease
  void a_failed_job_can_be_requeued_from_python(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String id = python.enqueue("java.boom", "'kaput'");
    JavaWorker.burst(redis);
    python.requeue(id);
    assertThat(python.registries("default").get("queued")).containsExactly(id);
    JavaWorker.burst(redis);
    assertThat(python.job(id).status()).isEqualTo("failed");
  }

  @EveryRqRelease
  void a_retry_runs_the_job_again_and_is_used_up(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String id = python.enqueue("java.boom", "'again'", "retry=Retry(max=2)");
    JavaWorker.burst(redis);
    assertThat(python.job(id).status()).isEqualTo("failed");
    assertThat(python.job(id).attribute("retries_left")).isEqualTo("0");
  }

  @EveryRqRelease
  void a_retry_with_an_interval_is_scheduled(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String id = python.enqueue("java.boom", "'later'", "retry=Retry(max=1, interval=60)");
    JavaWorker.burst(redis);
    assertThat(python.job(id).status()).isEqualTo("scheduled");
    assertThat(python.registries("default").get("scheduled")).containsExactly(id);
  }

  @EveryRqRelease
  void meta_is_left_as_python_wrote_it(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String id = python.enqueue("java.add", "1", "meta={'who': ('ada', 1)}");
    JavaWorker.burst(redis);
    assertThat(python.difference(id, "meta", "{'who': ('ada', 1)}")).isEmpty();
  }

  @EveryRqRelease
  void a_timeout_fails_the_job_with_the_text_of_rq(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String id = python.enqueue("java.hold", "", "job_timeout=1");
    JavaWorker.burst(redis);
    assertThat(python.job(id).status()).isEqualTo("failed");
    assertThat(python.job(id).excInfo())
        .contains("in io.github.rq4j.interop.JavaTasks.hold\n")
        .endsWith("JobTimeoutException: Task exceeded maximum timeout value (1 seconds)\n");
  }

  @EveryRqRelease
  void a_canceled_and_a_deleted_job_do_not_run(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String canceled = python.enqueue("java.add", "1");
    String deleted = python.enqueue("java.add", "2");
    String other = python.enqueue("java.add", "3");
    python.cancel(canceled);
    redis.command("DEL", "rq:job:" + deleted);
    JavaWorker.burst(redis);
    assertThat(python.job(canceled).status()).isEqualTo("canceled");
    assertThat(python.exists(deleted)).isFalse();
    assertThat(python.job(other).status()).isEqualTo("finished");
  }

  @EveryRqRelease
  void a_python_job_runs_after_the_java_job_it_depends_on_and_the_other_way_round(
      PythonRq python, TestRedis redis) throws InterruptedException {
    String java1 = python.enqueueTo("j", "java.add", "1", "");
    String python2 =
        python.enqueueTo("p", "rq4j_fixtures.tasks.add", "2", "depends_on='" + java1 + "'");
    String java3 = python.enqueueTo("j", "java.add", "3", "depends_on='" + python2 + "'");
    assertThat(python.registries("p").get("deferred")).containsExactly(python2);
    JavaWorker.burst(redis, "j");
    assertThat(python.job(python2).status()).isEqualTo("queued");
    python.workBurst("p");
    assertThat(python.job(java3).status()).isEqualTo("queued");
    JavaWorker.burst(redis, "j");
    assertThat(python.job(java3).status()).isEqualTo("finished");
    assertThat(python.registries("j").get("deferred")).isEmpty();
  }

  @EveryRqRelease
  void result_ttls_are_kept_to(PythonRq python, TestRedis redis) throws InterruptedException {
    String none = python.enqueue("java.add", "1", "result_ttl=0");
    String forever = python.enqueue("java.add", "1", "result_ttl=-1");
    String minute = python.enqueue("java.add", "1", "result_ttl=60");
    JavaWorker.burst(redis);
    assertThat(python.exists(none)).isFalse();
    assertThat(python.job(forever).secondsToLive()).isEqualTo(-1L);
    assertThat(python.job(forever).resultsSecondsToLive()).isEqualTo(-1L);
    assertThat(python.job(minute).secondsToLive()).isBetween(50L, 60L);
    assertThat(python.registries("default").get("finished"))
        .containsExactlyInAnyOrder(forever, minute);
  }

  @EveryRqRelease
  void an_object_of_an_unknown_class_goes_through_java_unharmed(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String id = python.enqueue("java.nothing", "");
    String counter = python.enqueueCallable("tasks.Counter(3).increment", "2", "");
    JavaWorker.burst(redis);
    assertThat(python.job(id).status()).isEqualTo("finished");
    assertThat(python.job(counter).excInfo()).contains("Invalid attribute name: increment");
    assertThat(python.difference(counter, "instance", "tasks.Counter(3)")).isEmpty();
  }

  @EveryRqRelease
  void a_worker_without_a_job_is_idle_to_rq(PythonRq python, TestRedis redis) {
    try (RqWorker worker = JavaWorker.on(redis, new JavaTasks()).queues("a", "b").build()) {
      worker.start();
      assertThat(python.workers()).containsOnlyKeys("java");
      assertThat(python.workers().get("java"))
          .containsEntry("state", "idle")
          .containsEntry("queues", "a,b")
          .containsEntry("current_job_id", null)
          .containsEntry("pid", Long.toString(ProcessHandle.current().pid()));
      assertThat(python.rq("info", "--raw", "--only-workers").stdout())
          .contains("worker java (")
          .contains(") idle a, b. jobs: 0 finished, 0 failed");
    }
    assertThat(python.workers()).isEmpty();
  }

  @EveryRqRelease
  void a_worker_with_a_job_is_busy_to_rq(PythonRq python, TestRedis redis)
      throws InterruptedException {
    JavaTasks tasks = new JavaTasks();
    String id = python.enqueue("java.hold", "");
    try (RqWorker worker = JavaWorker.on(redis, tasks).build()) {
      worker.start();
      tasks.held.await();
      assertThat(python.workers().get("java"))
          .containsEntry("state", "busy")
          .containsEntry("current_job_id", id);
      assertThat(python.job(id).status()).isEqualTo("started");
      assertThat(python.registries("default").get("started")).containsExactly(id);
      assertThat(python.rq("info", "--raw").stdout())
          .contains("queue default 0, 1 executing, 0 finished, 0 failed")
          .contains(") busy default. jobs: 0 finished, 0 failed");
      tasks.release.countDown();
      Waiting.until(() -> "finished".equals(python.job(id).status()));
      assertThat(python.workers().get("java"))
          .containsEntry("state", "idle")
          .containsEntry("current_job_id", null)
          .containsEntry("successful_job_count", "1");
    }
  }

  @EveryRqRelease
  void rq_suspend_pauses_java_workers_until_rq_resume(PythonRq python, TestRedis redis) {
    try (RqWorker worker = JavaWorker.on(redis, new JavaTasks()).build()) {
      python.rq("suspend");
      worker.start();
      String id = python.enqueue("java.add", "1");
      Waiting.until(() -> "suspended".equals(stateOfWorker(python)));
      assertThat(python.job(id).status()).isEqualTo("queued");
      python.rq("resume");
      Waiting.until(() -> "finished".equals(python.job(id).status()));
    }
  }

  private static @Nullable String stateOfWorker(PythonRq python) {
    return Objects.requireNonNull(python.workers().get("java")).get("state");
  }
}
