package io.github.rq4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.testservers.EveryRqRelease;
import io.github.rq4j.testservers.PythonJob;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.HandlersFactory;
import io.github.rq4j.worker.JobContext;
import io.github.rq4j.worker.Parameter;
import io.github.rq4j.worker.ProcessIsolation;
import io.github.rq4j.worker.RqWorker;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.parallel.Isolated;

/** Jobs of unmodified Python RQ in the work horses of a Java worker, and what ends both. */
@Isolated("channels belong to the server, not to a database")
@WithPythonRq
class IsolationTest {
  private static final String BEGIN = "Work-horse terminated unexpectedly; waitpid returned ";

  /** What the horses run. */
  public static final class Tasks implements HandlersFactory {
    /** For the horse. */
    public Tasks() {}

    @Override
    public Handlers handlers() {
      return Handlers.builder()
          .register("java.pid", () -> ProcessHandle.current().pid())
          .register("java.exit", Parameter.of("code", Integer.class), Tasks::exit)
          .register("java.spin", Tasks::spin)
          .build();
    }

    private static Object exit(int code) {
      System.exit(code);
      return code;
    }

    /** Swallows every interruption; its meta tells where it runs. */
    private static Object spin() {
      JobContext.current().saveMeta(Map.of("pid", ProcessHandle.current().pid()));
      while (true) {
        boolean unused = Thread.interrupted();
      }
    }
  }

  private static RqWorker worker(TestRedis redis) {
    RqWorker worker =
        RqWorker.builder(redis.uri().toString(), new Tasks().handlers())
            .name("java")
            .timeoutGrace(Duration.ofMillis(200))
            .isolation(
                ProcessIsolation.of(Tasks.class)
                    .jvmOptions("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                    .output(Redirect.DISCARD, Redirect.DISCARD))
            .build();
    worker.start();
    return worker;
  }

  private static ProcessHandle horseOf(PythonRq python, String id) {
    String pid = "job('" + id + "').get_meta()['pid']";
    Waiting.until(() -> !python.eval("job('" + id + "').get_meta().get('pid')").isNone());
    return ProcessHandle.of(Long.parseLong(python.eval(pid).repr())).orElseThrow();
  }

  private static void assertNextJobRuns(PythonRq python) {
    String next = python.enqueue("java.pid", "");
    Waiting.until(() -> "finished".equals(python.job(next).status()));
  }

  private static void assertEnded(PythonRq python, String id, String status, String text) {
    Waiting.until(() -> status.equals(python.job(id).status()));
    PythonJob job = python.job(id);
    assertThat(job.excInfo()).endsWith(text);
    assertThat(python.registries("default").get("failed")).containsExactly(id);
    assertThat(python.registries("default").get("started")).isEmpty();
  }

  private static void send(PythonRq python, String command, String argument) {
    python.eval(
        "import_module('rq.command').send_" + command + "_command(connection, '" + argument + "')");
  }

  @EveryRqRelease
  void a_loop_that_swallows_interruptions_ends_at_its_timeout(PythonRq python, TestRedis redis) {
    try (RqWorker worker = worker(redis)) {
      String id = python.enqueue("java.spin", "", "job_timeout=2");
      ProcessHandle horse = horseOf(python, id);
      assertEnded(
          python,
          id,
          "failed",
          "rq.timeouts.JobTimeoutException: Task exceeded maximum timeout value (2 seconds)\n");
      Waiting.until(() -> !horse.isAlive());
      assertNextJobRuns(python);
      assertThat(worker.abandonedThreads()).isZero();
    }
  }

  @EveryRqRelease
  void a_loop_that_swallows_interruptions_is_stopped_by_python(PythonRq python, TestRedis redis) {
    try (RqWorker worker = worker(redis)) {
      String id = python.enqueue("java.spin", "");
      ProcessHandle horse = horseOf(python, id);
      send(python, "stop_job", id);
      assertEnded(python, id, "stopped", "Job stopped by user, work-horse terminated.");
      Waiting.until(() -> !horse.isAlive());
      assertNextJobRuns(python);
      assertThat(worker.needsNewProcess()).isFalse();
    }
  }

  @EveryRqRelease
  void a_horse_is_killed_by_python(PythonRq python, TestRedis redis) {
    try (RqWorker worker = worker(redis)) {
      String id = python.enqueue("java.spin", "");
      ProcessHandle horse = horseOf(python, id);
      send(python, "kill_horse", worker.name());
      assertEnded(python, id, "failed", BEGIN + "9 (signal 9); ");
      Waiting.until(() -> !horse.isAlive());
      assertNextJobRuns(python);
    }
  }

  @EveryRqRelease
  void a_horse_that_somebody_kills_costs_one_job(PythonRq python, TestRedis redis) {
    try (RqWorker worker = worker(redis)) {
      String id = python.enqueue("java.spin", "");
      assertThat(horseOf(python, id).destroyForcibly()).isTrue();
      assertEnded(python, id, "failed", BEGIN + "9 (signal 9); ");
      assertNextJobRuns(python);
      assertThat(python.workers()).containsOnlyKeys(worker.name());
    }
  }

  @EveryRqRelease
  void a_function_that_exits_fails_and_can_be_requeued_by_python(PythonRq python, TestRedis redis) {
    try (RqWorker worker = worker(redis)) {
      String id = python.enqueue("java.exit", "3");
      assertEnded(python, id, "failed", BEGIN + "768; ");
      python.requeue(id);
      Waiting.until(
          () ->
              "2"
                  .equals(
                      python
                          .workers()
                          .getOrDefault(worker.name(), Map.of())
                          .get("failed_job_count")));
      assertEnded(python, id, "failed", BEGIN + "768; ");
    }
  }
}
