package io.github.rq4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.rq4j.testservers.EveryRqRelease;
import io.github.rq4j.testservers.PythonJob;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.RqWorker;
import java.time.Duration;
import org.junit.jupiter.api.parallel.Isolated;

/** Commands that unmodified Python RQ sends, carried out by a Java worker. */
@Isolated("channels belong to the server, not to a database")
@WithPythonRq
class RemoteCommandsTest {

  private static void send(PythonRq python, String command, String arguments) {
    python.eval(
        "import_module('rq.command').send_" + command + "_command(connection, " + arguments + ")");
  }

  private static String running(PythonRq python, JavaTasks tasks, String options)
      throws InterruptedException {
    String id = python.enqueue("java.hold", "", options);
    tasks.held.await();
    return id;
  }

  @EveryRqRelease
  void a_job_is_stopped_by_python(PythonRq python, TestRedis redis) throws InterruptedException {
    JavaTasks tasks = new JavaTasks();
    try (RqWorker worker = JavaWorker.on(redis, tasks).build()) {
      worker.start();
      String id = running(python, tasks, "retry=Retry(max=2)");
      send(python, "stop_job", "'" + id + "'");
      Waiting.until(() -> "stopped".equals(python.job(id).status()));
      PythonJob job = python.job(id);
      assertThat(job.excInfo()).isEqualTo("Job stopped by user, work-horse terminated.");
      assertThat(job.latestResult().orElseThrow().type()).contains("FAILED");
      assertThat(job.time("ended_at")).isNotNull();
      assertThat(python.registries("default").get("failed")).containsExactly(id);
      assertThat(python.registries("default").get("started")).isEmpty();
      assertThat(python.registries("default").get("queued")).isEmpty();
      assertThat(python.workers().get("java"))
          .containsEntry("state", "idle")
          .containsEntry("failed_job_count", "1");
    }
  }

  @EveryRqRelease
  void a_stopped_job_can_be_requeued_by_python(PythonRq python, TestRedis redis)
      throws InterruptedException {
    JavaTasks tasks = new JavaTasks();
    try (RqWorker worker = JavaWorker.on(redis, tasks).build()) {
      worker.start();
      String id = running(python, tasks, "");
      send(python, "stop_job", "'" + id + "'");
      Waiting.until(() -> "stopped".equals(python.job(id).status()));
      tasks.release.countDown();
      python.requeue(id);
      Waiting.until(() -> "finished".equals(python.job(id).status()));
    }
  }

  @EveryRqRelease
  void what_depends_on_a_stopped_job_stays_deferred(PythonRq python, TestRedis redis)
      throws InterruptedException {
    JavaTasks tasks = new JavaTasks();
    try (RqWorker worker = JavaWorker.on(redis, tasks).build()) {
      worker.start();
      String id = running(python, tasks, "");
      String strict = python.enqueue("java.add", "1", "depends_on='" + id + "'");
      String lenient =
          python.enqueue(
              "java.add", "1", "depends_on=Dependency('" + id + "', allow_failure=True)");
      send(python, "stop_job", "'" + id + "'");
      Waiting.until(() -> "stopped".equals(python.job(id).status()));
      assertThat(python.registries("default").get("deferred"))
          .containsExactlyInAnyOrder(strict, lenient);
    }
  }

  @EveryRqRelease
  void one_execution_of_a_job_is_stopped_by_python(PythonRq python, TestRedis redis)
      throws InterruptedException {
    assumeTrue(python.release().version().startsWith("3."), "RQ 3.0 sends it first");
    JavaTasks tasks = new JavaTasks();
    try (RqWorker worker = JavaWorker.on(redis, tasks).build()) {
      worker.start();
      String id = running(python, tasks, "");
      String execution = python.eval("job('" + id + "').get_executions()[0].id").repr();
      send(python, "stop_execution", "'" + id + "', " + execution);
      Waiting.until(() -> "stopped".equals(python.job(id).status()));
    }
  }

  @EveryRqRelease
  void a_horse_is_killed_by_python(PythonRq python, TestRedis redis) throws InterruptedException {
    JavaTasks tasks = new JavaTasks();
    try (RqWorker worker = JavaWorker.on(redis, tasks).build()) {
      worker.start();
      String id = running(python, tasks, "");
      send(python, "kill_horse", "'java'");
      Waiting.until(() -> "failed".equals(python.job(id).status()));
      assertThat(python.job(id).excInfo())
          .isEqualTo("Work-horse terminated unexpectedly; waitpid returned 9 (signal 9); ");
    }
  }

  @EveryRqRelease
  void a_worker_is_shut_down_by_python(PythonRq python, TestRedis redis)
      throws InterruptedException {
    JavaTasks tasks = new JavaTasks();
    try (RqWorker worker = JavaWorker.on(redis, tasks).build()) {
      worker.start();
      String id = running(python, tasks, "");
      send(python, "shutdown", "'java'");
      String asked =
          "Worker.find_by_key('rq:worker:java', connection=connection).shutdown_requested_date";
      Waiting.until(() -> !python.eval(asked).isNone());
      tasks.release.countDown();
      assertThat(worker.awaitEnd(Duration.ofSeconds(10))).isTrue();
      assertThat(python.job(id).status()).isEqualTo("finished");
      assertThat(python.workers()).isEmpty();
    }
  }

  @EveryRqRelease
  void one_slot_of_several_is_shut_down_by_python(PythonRq python, TestRedis redis) {
    try (RqWorker worker = JavaWorker.on(redis, new JavaTasks()).concurrency(2).build()) {
      worker.start();
      send(python, "shutdown", "'java-1'");
      Waiting.until(() -> !python.workers().containsKey("java-1"));
      assertThat(python.workers()).containsOnlyKeys("java-2");
      String id = python.enqueue("java.add", "1");
      Waiting.until(() -> "finished".equals(python.job(id).status()));
      assertThat(python.job(id).workerName()).isEqualTo("java-2");
    }
  }
}
