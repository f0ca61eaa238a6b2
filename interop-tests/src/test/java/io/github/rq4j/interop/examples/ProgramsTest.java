package io.github.rq4j.interop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The complete programs of the documentation do what the documentation says. */
@WithPythonRq
class ProgramsTest {
  // 128 + 15: ended by SIGTERM.
  private static final int TERMINATED = 143;

  private static void await(ExampleProgram program, Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .conditionEvaluationListener(
            unused -> assertThat(program.output()).doesNotContain("Exception"))
        .until(condition);
  }

  private static int queued(PythonRq python) {
    return python.registries("default").getOrDefault("queued", List.of()).size();
  }

  @Test
  void the_worker_with_a_lambda_runs_what_python_enqueued(TestRedis redis, PythonRq python)
      throws Exception {
    String twice = python.enqueue("tasks.repeat", "'ab'");
    String thrice = python.enqueue("tasks.repeat", "'ab', times=3");
    try (ExampleProgram worker = ExampleProgram.start(LambdaWorker.class, redis.uri())) {
      await(worker, () -> "finished".equals(python.job(thrice).status()));
      assertThat(python.resultDifference(twice, "'abab'")).isEmpty();
      assertThat(python.resultDifference(thrice, "'ababab'")).isEmpty();
      assertThat(python.workers()).hasSize(1);
      worker.terminate();
      assertThat(worker.awaitExit()).isEqualTo(TERMINATED);
      assertThat(python.workers()).isEmpty();
    }
  }

  @Test
  void the_worker_with_an_annotation_runs_what_python_enqueued(TestRedis redis, PythonRq python)
      throws Exception {
    String plain = python.enqueue("tasks.greet", "'Ada'");
    String named = python.enqueue("tasks.greet", "greeting='Welcome', name='Ada'");
    try (ExampleProgram worker = ExampleProgram.start(AnnotationWorker.class, redis.uri())) {
      await(worker, () -> "finished".equals(python.job(named).status()));
      assertThat(python.resultDifference(plain, "'Hello, Ada!'")).isEmpty();
      assertThat(python.resultDifference(named, "'Welcome, Ada!'")).isEmpty();
      worker.terminate();
      assertThat(worker.awaitExit()).isEqualTo(TERMINATED);
    }
  }

  @Test
  void the_producer_prints_what_python_returned(
      TestRedis redis, PythonRq python, @TempDir Path directory)
      throws IOException, InterruptedException {
    try (ExampleProgram producer = ExampleProgram.start(Producer.class, redis.uri())) {
      await(producer, () -> queued(python) == 1);
      assertThat(PythonTasks.workBurst(python, redis, directory).exitCode()).isZero();
      assertThat(producer.awaitExit()).isZero();
      assertThat(producer.output()).contains("Python says 70.2");
    }
  }
}
