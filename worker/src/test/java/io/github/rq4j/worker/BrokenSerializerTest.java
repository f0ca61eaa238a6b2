package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.Retry;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.testservers.WithRedis;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a worker does whose serializer lacks a library. */
@WithRedis
@ExtendWith(WorkerExtension.class)
class BrokenSerializerTest {
  private final WorkerFixture fixture;

  BrokenSerializerTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  /** Fails as the JVM does where a class is missing. */
  private static final class Broken implements Serializer {
    private final boolean canRead;

    Broken(boolean canRead) {
      this.canRead = canRead;
    }

    @Override
    public byte[] serialize(@Nullable Object value) {
      throw new NoClassDefFoundError("missing/Library");
    }

    @Override
    public @Nullable Object deserialize(byte[] bytes) {
      if (canRead) {
        return PickleSerializer.builder().build().deserialize(bytes);
      }
      throw new NoClassDefFoundError("missing/Library");
    }
  }

  private Job worked(boolean canRead, EnqueueOptions options) throws InterruptedException {
    Job job = fixture.client.queue("default").enqueue(Call.of("note").args("a"), options);
    try (RqWorker worker = fixture.worker().serializer(new Broken(canRead)).burst(true).build()) {
      worker.start();
      assertThat(worker.awaitEnd(Duration.ofSeconds(20))).as("the worker ends").isTrue();
    }
    return job;
  }

  @Test
  void a_job_that_it_cannot_read_fails() throws InterruptedException {
    Job job = worked(false, EnqueueOptions.builder().meta(Map.of("key", "value")).build());
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.latestResult().orElseThrow().excString()).contains("missing/Library");
  }

  @Test
  void a_job_whose_result_it_cannot_write_fails() throws InterruptedException {
    assertThat(worked(true, EnqueueOptions.defaults()).status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void a_job_that_it_cannot_read_is_retried() throws InterruptedException {
    Job job = worked(false, EnqueueOptions.builder().retry(Retry.times(2)).build());
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(fixture.redis.command("HGET", "rq:job:" + job.id(), "retries_left")).isEqualTo("0");
  }
}
