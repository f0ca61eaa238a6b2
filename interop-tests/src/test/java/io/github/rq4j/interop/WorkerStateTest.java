package io.github.rq4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.rq4j.testservers.EveryRqRelease;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.RqWorker;
import java.time.Duration;

/** What unmodified Python RQ knows of a Java worker, from its birth to its death. */
@WithPythonRq
class WorkerStateTest {
  private static final String WORKER =
      "Worker.find_by_key('rq:worker:java', connection=connection)";

  private static String eval(PythonRq python, String expression) {
    return python.eval(expression).repr();
  }

  private static String state(PythonRq python) {
    return eval(
        python, "str(getattr(" + WORKER + ".get_state(), 'value', " + WORKER + ".get_state()))");
  }

  private static String counted(PythonRq python) {
    return eval(python, "Worker.count(connection=connection)");
  }

  @EveryRqRelease
  void an_idle_worker_has_no_job(PythonRq python, TestRedis redis) {
    try (RqWorker worker = JavaWorker.on(redis, new JavaTasks()).build()) {
      worker.start();
      assertThat(counted(python)).isEqualTo("1");
      assertThat(eval(python, "Worker.count(queue=queue('default'))")).isEqualTo("1");
      assertThat(eval(python, "[w.name for w in Worker.all(connection=connection)]"))
          .isEqualTo("['java']");
      assertThat(eval(python, WORKER + ".get_current_job()")).isEqualTo("None");
      assertThat(state(python)).isEqualTo("'idle'");
    }
  }

  @EveryRqRelease
  void a_job_is_the_workers_current_one_while_it_runs_and_not_afterwards(
      PythonRq python, TestRedis redis) throws InterruptedException {
    JavaTasks tasks = new JavaTasks();
    try (RqWorker worker = JavaWorker.on(redis, tasks).build()) {
      worker.start();
      String id = python.enqueue("java.hold", "");
      tasks.held.await();
      assertThat(eval(python, WORKER + ".get_current_job().id")).isEqualTo("'" + id + "'");
      assertThat(state(python)).isEqualTo("'busy'");
      tasks.release.countDown();
      Waiting.until(() -> "finished".equals(python.job(id).status()));
      assertThat(eval(python, WORKER + ".get_current_job()")).isEqualTo("None");
      assertThat(state(python)).isEqualTo("'idle'");
      assertThat(eval(python, WORKER + ".successful_job_count")).isEqualTo("1");
    }
  }

  @EveryRqRelease
  void its_executions_are_listed_while_they_run_and_not_afterwards(PythonRq python, TestRedis redis)
      throws InterruptedException {
    assumeTrue(python.release().version().startsWith("3."), "RQ 3.0 lists them first");
    JavaTasks tasks = new JavaTasks();
    try (RqWorker worker = JavaWorker.on(redis, tasks).build()) {
      worker.start();
      String id = python.enqueue("java.hold", "");
      tasks.held.await();
      String jobs = "[e.job_id for e in " + WORKER + ".get_current_executions()]";
      assertThat(eval(python, jobs)).isEqualTo("['" + id + "']");
      assertThat(eval(python, WORKER + ".current_execution_count")).isEqualTo("1");
      tasks.release.countDown();
      Waiting.until(() -> "finished".equals(python.job(id).status()));
      assertThat(eval(python, jobs)).isEqualTo("[]");
    }
  }

  @EveryRqRelease
  void a_worker_that_is_to_end_is_busy_until_its_job_has_ended_and_then_gone(
      PythonRq python, TestRedis redis) throws InterruptedException {
    JavaTasks tasks = new JavaTasks();
    try (RqWorker worker = JavaWorker.on(redis, tasks).build()) {
      worker.start();
      String id = python.enqueue("java.hold", "");
      tasks.held.await();
      worker.shutdown();
      assertThat(python.eval(WORKER + ".shutdown_requested_date").isNone()).isFalse();
      assertThat(state(python)).isEqualTo("'busy'");
      assertThat(eval(python, WORKER + ".get_current_job().id")).isEqualTo("'" + id + "'");
      assertThat(counted(python)).isEqualTo("1");
      assertThat(python.rq("info", "--raw", "--only-workers").stdout()).contains(") busy default");
      tasks.release.countDown();
      assertThat(worker.awaitEnd(Duration.ofSeconds(10))).isTrue();
    }
    assertThat(counted(python)).isEqualTo("0");
    assertThat(python.workers()).isEmpty();
    assertThat(python.eval(WORKER + ".death_date").isNone()).isFalse();
    assertThat(eval(python, WORKER + ".get_current_job()")).isEqualTo("None");
    assertThat(python.rq("info", "--raw", "--only-workers").stdout()).doesNotContain("java");
  }

  @EveryRqRelease
  void a_worker_that_python_thought_dead_is_listed_again(PythonRq python, TestRedis redis) {
    try (RqWorker worker =
        JavaWorker.on(redis, new JavaTasks()).monitoringInterval(Duration.ofSeconds(1)).build()) {
      worker.start();
      redis.command("DEL", "rq:worker:java");
      // RQ drops the members of the set whose hashes are gone when it lists them.
      Waiting.until(() -> python.workers().containsKey("java"));
      Waiting.until(() -> "'idle'".equals(state(python)));
      assertThat(python.eval(WORKER + ".birth_date").isNone()).isFalse();
      assertThat(counted(python)).isEqualTo("1");
    }
  }

  @EveryRqRelease
  void a_python_worker_refuses_the_name_of_a_living_java_worker(PythonRq python, TestRedis redis) {
    try (RqWorker worker = JavaWorker.on(redis, new JavaTasks()).build()) {
      worker.start();
      var refused = python.rq("worker", "--burst", "--name", "java");
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.stderr() + refused.stdout())
          .contains("There exists an active worker named 'java' already");
    }
  }
}
