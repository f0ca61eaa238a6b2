package io.github.rq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobFailedException;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.testservers.NeedsPython;
import io.github.rq4j.testservers.PythonErrorException;
import io.github.rq4j.testservers.RqMatrix;
import io.github.rq4j.testservers.RqRelease;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.Parameter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Both directions, with a release of RQ that is pinned and another that is chosen. */
class RealPythonTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  @RegisterExtension
  static final RqTestkit testkit =
      RqTestkit.builder()
          .handlers(
              Handlers.builder()
                  .register(
                      "shop.price",
                      Parameter.of("amount", BigDecimal.class),
                      amount -> amount.add(new BigDecimal("0.05")))
                  .register(
                      "shop.fail",
                      () -> {
                        throw new IllegalStateException("no");
                      })
                  .build())
          .python(python(RqMatrix.ofThisProject().newest()))
          .build();

  private static RealPython.Builder python(RqRelease release) {
    List<String> besides =
        release.requirements().stream().filter(wanted -> !wanted.startsWith("rq==")).toList();
    return RealPython.builder()
        .rq(release.version())
        .requirements(besides.toArray(String[]::new))
        .modules(Path.of("src/test/python"));
  }

  @Test
  void java_runs_what_python_enqueued(RealPython python, ManualWorker worker) {
    String id = python.enqueue("shop.price", "Decimal('1.10')");
    assertThat(python.read(id).status()).isEqualTo("queued");
    worker.runDue();
    PythonReading read = python.read(id);
    assertThat(read.status()).isEqualTo("finished");
    assertThat(read.result()).isEqualTo("Decimal('1.15')");
    assertThat(read.exception()).isNull();
  }

  @Test
  void python_reads_how_java_failed(RealPython python, ManualWorker worker) {
    String id = python.enqueue("shop.fail", "");
    worker.runDue();
    assertThat(python.read(id).status()).isEqualTo("failed");
    assertThat(python.read(id).exception()).endsWith("java.lang.IllegalStateException: no\n");
    assertThat(python.read(id).result()).isEqualTo("None");
  }

  @Test
  void a_queue_that_is_not_the_workers_is_left_alone(RealPython python, ManualWorker worker) {
    python.enqueue("elsewhere", "shop.fail", "", "");
    assertThat(worker.runDue()).isZero();
  }

  @Test
  void a_retry_that_python_asked_for_comes_when_the_clock_has_moved(
      RealPython python, ManualWorker worker) {
    String id = python.enqueue("default", "shop.fail", "", "retry=Retry(max=1, interval=600)");
    assertThat(worker.runDue()).isEqualTo(1);
    assertThat(python.read(id).status()).isEqualTo("scheduled");
    worker.advance(Duration.ofMinutes(10));
    assertThat(worker.runDue()).isEqualTo(1);
    assertThat(python.read(id).status()).isEqualTo("failed");
  }

  @Test
  void a_job_that_python_scheduled_comes_when_the_clock_has_moved(
      RealPython python, ManualWorker worker) {
    python.enqueue("default", "shop.price", "Decimal(1)", "enqueue_in=timedelta(hours=1)");
    assertThat(worker.runDue()).isZero();
    worker.advance(Duration.ofHours(1));
    assertThat(worker.runDue()).isEqualTo(1);
  }

  @Test
  void python_runs_what_java_enqueued(RealPython python, Queue queue) {
    Job job =
        queue.enqueue(
            Call.of("shop.tasks.total").args(List.of(new BigDecimal("1.10"), 2)).kwarg("tax", 0));
    assertThat(python.work()).contains("Job OK");
    assertThat(job.result(AT_ONCE)).isEqualTo(new BigDecimal("3.10"));
  }

  @Test
  void java_reads_how_python_failed(RealPython python, RqClient client) {
    Job job = client.queue("low").enqueue(Call.of("shop.tasks.refuse").args("sold out"));
    python.work("high", "low");
    assertThatExceptionOfType(JobFailedException.class)
        .isThrownBy(() -> job.result(AT_ONCE))
        .withMessageContaining("ValueError: sold out");
  }

  @Test
  void a_program_finds_the_shops_modules_and_the_database(RealPython python, Queue queue) {
    String printed =
        python.run(
            """
            import os, redis, rq
            from shop import tasks
            connection = redis.Redis.from_url(os.environ["RQ_REDIS_URL"])
            rq.Queue(connection=connection).enqueue(tasks.total, [1, 2])
            print(tasks.total([1, 2]))
            """);
    assertThat(printed).isEqualTo("3.0\n");
    assertThat(queue.size()).isEqualTo(1);
  }

  @Test
  void a_program_that_fails_is_quoted(RealPython python) {
    assertThatIllegalStateException()
        .isThrownBy(() -> python.run("raise ValueError('sold out')"))
        .withMessageContaining("exit code 1")
        .withMessageContaining("ValueError: sold out");
  }

  @Test
  void what_python_cannot_do_is_told_in_its_words(RealPython python) {
    assertThatExceptionOfType(PythonErrorException.class)
        .isThrownBy(() -> python.read("nobody"))
        .withMessageContaining("NoSuchJobError");
    assertThat(python.eval("import_module('shop.tasks').total([1])")).isEqualTo("1.0");
  }

  @Test
  @NeedsPython
  void another_release_of_rq_can_be_chosen(@RedisUrl String url) {
    try (RealPython python = python(RqMatrix.ofThisProject().release("1.16.2")).start(url)) {
      assertThat(python.rqVersion()).isEqualTo("1.16.2");
      assertThat(python.eval("rq.VERSION")).isEqualTo("'1.16.2'");
      assertThat(python).hasToString("RQ 1.16.2 on " + python.interpreter());
    }
  }
}
