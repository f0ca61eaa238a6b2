package io.github.rq4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.testservers.EveryRqRelease;
import io.github.rq4j.testservers.PythonJob;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.JobFailure;
import io.github.rq4j.worker.RqWorker;
import io.github.rq4j.worker.RqWorkerBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Callbacks that Python names, in Java or handed over to Python, and what Python reads of them. */
@WithPythonRq
class CallbacksTest {
  private static final String CALLBACKS =
      "on_success=Callback('rq4j_fixtures.tasks.note_success'),"
          + " on_failure=Callback('rq4j_fixtures.tasks.note_failure')";

  private final List<String> seen = new ArrayList<>();

  private RqWorkerBuilder worker(TestRedis redis, Handlers.Builder handlers) {
    return RqWorker.builder(redis.uri().toString(), handlers.build()).name("java").burst(true);
  }

  private static Handlers.Builder handlers() {
    return Handlers.builder().registerAnnotated(new JavaTasks());
  }

  private static void run(RqWorkerBuilder builder) throws InterruptedException {
    try (RqWorker worker = builder.build()) {
      worker.runUntilShutdown();
    }
  }

  private static @Nullable Object noted(TestRedis redis, String kind, String id) {
    return redis.command("GET", "rq4j:" + kind + ":" + id);
  }

  @EveryRqRelease
  void java_callbacks_are_found_under_the_names_that_python_gave(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String returned = python.enqueue("java.add", "1, 2", CALLBACKS);
    String raised = python.enqueue("java.boom", "'kaput'", CALLBACKS);
    run(
        worker(
            redis,
            handlers()
                .onSuccess(
                    "rq4j_fixtures.tasks.note_success",
                    (job, result) -> seen.add(job.id() + " " + result))
                .onFailure(
                    "rq4j_fixtures.tasks.note_failure",
                    (job, failure) -> seen.add(job.id() + " " + failure.message()))));
    assertThat(seen).containsExactly(returned + " 3", raised + " kaput");
    assertThat(python.resultDifference(returned, "3")).isEmpty();
  }

  @EveryRqRelease
  void callbacks_without_a_java_function_run_in_python_afterwards(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String returned = python.enqueue("java.add", "1, 2", CALLBACKS);
    String raised = python.enqueue("java.boom", "'kaput'", CALLBACKS);
    String misused = python.enqueue("java.add", "'one'", CALLBACKS);
    run(worker(redis, handlers()).callbackQueue("callbacks"));
    assertThat(python.resultDifference(returned, "3")).isEmpty();
    assertThat(noted(redis, "success", returned)).isNull();
    python.workBurst("callbacks");
    assertThat(noted(redis, "success", returned)).isEqualTo("3");
    assertThat(noted(redis, "failure", raised)).isEqualTo("JavaError: kaput");
    assertThat((String) noted(redis, "failure", misused)).startsWith("TypeError: add() argument x");
    assertThat(python.registries("callbacks").get("failed")).isEmpty();
  }

  @EveryRqRelease
  void a_success_callback_that_nobody_knows_fails_the_job_as_in_python(
      PythonRq python, TestRedis redis) throws InterruptedException {
    String options = "on_success=Callback('nowhere.at_all')";
    String java = python.enqueue("java.add", "1", options);
    run(worker(redis, handlers()));
    String ofPython = python.enqueue("rq4j_fixtures.tasks.add", "1", options);
    python.workBurst();
    String rq = "ValueError: Invalid attribute name: nowhere.at_all";
    assertThat(lastLine(python.job(ofPython))).isEqualTo(rq);
    assertThat(lastLine(python.job(java))).startsWith(rq + " (");
    assertThat(python.job(java).status()).isEqualTo(python.job(ofPython).status());
  }

  @EveryRqRelease
  void a_failure_callback_that_nobody_knows_is_told_behind_the_failure_as_in_python(
      PythonRq python, TestRedis redis) throws InterruptedException {
    String options = "on_failure=Callback('nowhere.at_all')";
    String java = python.enqueue("java.boom", "'kaput'", options);
    run(worker(redis, handlers()));
    String ofPython = python.enqueue("rq4j_fixtures.tasks.boom", "'kaput'", options);
    python.workBurst();
    for (String id : List.of(java, ofPython)) {
      assertThat(python.job(id).latestResult().orElseThrow().excString())
          .contains("kaput\n\nDuring handling of the above exception, another exception occurred:")
          .contains("ValueError: Invalid attribute name: nowhere.at_all");
    }
  }

  @EveryRqRelease
  void a_mapped_exception_is_the_last_line_that_python_reads(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String id = python.enqueue("java.boom", "'no order 17'");
    run(
        worker(
            redis, handlers().mapException(IllegalStateException.class, "shop.errors.NotFound")));
    assertThat(lastLine(python.job(id))).isEqualTo("shop.errors.NotFound: no order 17");
    assertThat(python.job(id).excInfo()).contains("java.lang.IllegalStateException: no order 17");
  }

  @EveryRqRelease
  void exception_handlers_are_told_of_jobs_of_python(PythonRq python, TestRedis redis)
      throws InterruptedException {
    String id = python.enqueue("java.boom", "'kaput'", "retry=Retry(max=1)");
    List<JobFailure> failures = new ArrayList<>();
    run(worker(redis, handlers()).exceptionHandler((job, failure) -> failures.add(failure)));
    assertThat(failures).hasSize(2);
    assertThat(failures.get(1).traceback()).isEqualTo(python.job(id).excInfo());
  }

  @EveryRqRelease
  void without_the_default_handler_python_reads_a_failed_job_without_a_result(
      PythonRq python, TestRedis redis) throws InterruptedException {
    String id = python.enqueue("java.boom", "'kaput'");
    run(worker(redis, handlers()).disableDefaultExceptionHandler(true));
    PythonJob job = python.job(id);
    assertThat(job.status()).isEqualTo("failed");
    assertThat(job.latestResult()).isEmpty();
    assertThat(job.secondsToLive()).isEqualTo(-1);
    assertThat(python.registries("default").get("failed")).isEmpty();
  }

  private static String lastLine(PythonJob job) {
    String text = String.valueOf(job.latestResult().orElseThrow().excString()).strip();
    return text.substring(text.lastIndexOf('\n') + 1);
  }
}
