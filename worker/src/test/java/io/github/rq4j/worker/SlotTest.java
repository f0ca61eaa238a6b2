package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.testservers.WithRedis;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a slot does where the worker itself, not a job's function, comes upon an error. */
@WithRedis
@ExtendWith(WorkerExtension.class)
class SlotTest {
  private final WorkerFixture fixture;

  SlotTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  private void burst(Handlers handlers) throws InterruptedException {
    try (RqWorker worker =
        RqWorker.builder(fixture.redis.uri().toString(), handlers).name("w").burst(true).build()) {
      worker.start();
      assertThat(worker.awaitEnd(Duration.ofSeconds(20))).as("the worker ends").isTrue();
    }
  }

  /** What a worker cannot describe, as its cause needs a class that is not there. */
  private static final class Indescribable extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public synchronized Throwable getCause() {
      throw new NoClassDefFoundError("shop/Reason");
    }
  }

  @Test
  void a_failure_that_cannot_be_described_fails_its_job_and_leaves_the_slot_at_work()
      throws InterruptedException {
    Handlers handlers =
        Handlers.builder()
            .register(
                "boom",
                arguments -> {
                  throw new Indescribable();
                })
            .register("none", arguments -> null)
            .build();
    Job indescribable = fixture.enqueue("a", Call.of("boom"));
    Job next = fixture.enqueue("b", Call.of("none"));

    burst(handlers);

    assertThat(indescribable.status()).isEqualTo(JobStatus.FAILED);
    assertThat(Objects.requireNonNull(indescribable.latestResult().orElseThrow().excString()))
        .endsWith("java.lang.NoClassDefFoundError: shop/Reason\n");
    assertThat(next.status()).isEqualTo(JobStatus.FINISHED);
  }

  @Test
  void a_callback_that_leaves_its_thread_interrupted_leaves_the_slot_at_work()
      throws InterruptedException {
    Handlers handlers =
        Handlers.builder()
            .register("none", arguments -> null)
            .onSuccess("shop.done", (ended, result) -> Thread.currentThread().interrupt())
            .build();
    Job first = fixture.enqueue("a", Call.of("none"));
    fixture.redis.command("HSET", "rq:job:a", "success_callback_name", "shop.done");
    Job next = fixture.enqueue("b", Call.of("none"));

    burst(handlers);

    assertThat(first.status()).isEqualTo(JobStatus.FINISHED);
    assertThat(next.status()).isEqualTo(JobStatus.FINISHED);
  }
}
