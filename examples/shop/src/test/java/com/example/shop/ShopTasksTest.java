package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.Retry;
import io.github.rq4j.testkit.ManualWorker;
import io.github.rq4j.testkit.RealPython;
import io.github.rq4j.testkit.RecordedPayloads;
import io.github.rq4j.testkit.RqTestkit;
import io.github.rq4j.testkit.Synchronous;
import io.github.rq4j.worker.Handlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

class ShopTasksTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private static final FakeBank bank = new FakeBank();

  // docs:begin testkit-register
  static final Handlers handlers =
      Handlers.builder().registerAnnotated(new ShopTasks(bank)).build();

  @RegisterExtension
  static final RqTestkit testkit =
      RqTestkit.builder()
          .handlers(handlers)
          .python(
              RealPython.builder()
                  .rq("2.0.0")
                  .requirements("redis==5.2.0", "click==8.1.7")
                  .modules(Path.of("python")))
          .build();

  // docs:end testkit-register

  // docs:begin testkit-python-to-java
  @Test
  void java_writes_the_invoice_that_python_enqueued(RealPython python, ManualWorker worker) {
    String id = python.runModule("shop.checkout", "Ada").strip();
    worker.runDue();
    assertThat(python.read(id).result()).isEqualTo("'2026-11-22 Ada: 21.80 EUR'");
  }

  // docs:end testkit-python-to-java

  // docs:begin testkit-java-to-python
  @Test
  void python_tells_java_what_shipping_costs(RealPython python, Queue queue) {
    Job job = queue.enqueue(Call.of("shop.tasks.shipping").args("DE", List.of(2, 3)));
    python.work();
    assertThat(job.resultAs(Long.class, AT_ONCE)).isEqualTo(1030);
  }

  // docs:end testkit-java-to-python

  @Test
  void java_reads_why_python_failed(RealPython python, Queue queue) {
    Job job = queue.enqueue(Call.of("shop.tasks.shipping").args("US", List.of()));
    python.work();
    assertThatThrownBy(() -> job.result(AT_ONCE))
        .hasMessageContaining("ValueError: nothing is sent to US");
  }

  // docs:begin testkit-clock
  @Test
  void a_charge_is_tried_again_after_an_hour(Queue queue, ManualWorker worker) {
    bank.closed(true);
    Job job =
        queue.enqueue(
            Call.of("shop.charge").args("Ada", 2180),
            EnqueueOptions.builder().retry(Retry.times(3).after(Duration.ofHours(1))).build());
    worker.runDue();
    assertThat(job.status()).isEqualTo(JobStatus.SCHEDULED);

    bank.closed(false);
    worker.advance(Duration.ofHours(1));
    worker.runDue();
    assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
    assertThat(bank.taken()).isEqualTo(2180);
  }

  // docs:end testkit-clock

  // docs:begin testkit-synchronous
  @Test
  void a_job_of_a_synchronous_queue_has_run_when_it_is_enqueued(@Synchronous Queue queue) {
    Order order = new Order("Ada", LocalDate.of(2026, 11, 22), List.of());
    Job job = queue.enqueue(Call.of("shop.invoice").args(order));
    assertThat(job.resultAs(String.class, AT_ONCE)).isEqualTo("2026-11-22 Ada: 0 EUR");
  }

  // docs:end testkit-synchronous

  // docs:begin testkit-recorded
  @TestFactory
  Stream<DynamicTest> the_calls_that_python_recorded_fit() {
    return RecordedPayloads.read(Path.of("src/test/payloads")).against(handlers);
  }
  // docs:end testkit-recorded
}
