package io.github.rq4j.worker;

import static io.github.rq4j.worker.HorseFixture.TIMEOUT;
import static io.github.rq4j.worker.HorseFixture.pid;
import static io.github.rq4j.worker.HorseFixture.running;
import static io.github.rq4j.worker.HorseFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.testservers.WithRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Callbacks and exception handlers of jobs in horses, and where they are called. */
@Isolated("channels belong to the server, not to a database")
@WithRedis
@ExtendWith(WorkerExtension.class)
class HorseCallbackTest {
  private final HorseFixture fixture;

  HorseCallbackTest(HorseFixture fixture) {
    this.fixture = fixture;
  }

  private EnqueueOptions.Builder noted(String id) {
    return EnqueueOptions.builder().jobId(id).meta(Map.of("notes", fixture.directory.toString()));
  }

  private String noteOf(String callback) throws IOException {
    return Files.readString(fixture.file(callback));
  }

  @Test
  void callbacks_and_exception_handlers_are_called_in_the_horse() throws Exception {
    Job good = fixture.enqueue(Call.of("pid"), noted("a"));
    fixture.redis.command("HSET", "rq:job:a", "success_callback_name", "succeeded");
    fixture.enqueue(Call.of("boom"), noted("b"));
    fixture.redis.command("HSET", "rq:job:b", "failure_callback_name", "failed");
    try (RqWorker worker = fixture.builder().burst(true).exceptionHandler("tell").build()) {
      worker.runUntilShutdown();
    }
    String where = " in " + pid(good);
    assertThat(noteOf("succeeded")).isEqualTo("succeeded with " + pid(good) + where);
    assertThat(noteOf("failed")).isEqualTo("failed with kaput" + where);
    assertThat(noteOf("told")).isEqualTo("told of kaput" + where);
  }

  @Test
  void a_failure_callback_is_not_called_for_a_killed_horse() throws Exception {
    fixture.enqueue(Call.of("exit").args(3), noted("a"));
    fixture.redis.command("HSET", "rq:job:a", "failure_callback_name", "failed");
    fixture.burst();
    assertThat(Files.exists(fixture.file("failed"))).isFalse();
  }

  @Test
  void a_failure_callback_that_does_not_come_back_ends_with_its_horse() throws Exception {
    Job job = fixture.enqueue("a", Call.of("boom"));
    Job next = fixture.enqueue("b", Call.of("pid"));
    fixture.redis.command(
        "HSET", "rq:job:a", "failure_callback_name", "stuck", "failure_callback_timeout", "1");
    fixture.burst();
    assertThat(text(job)).contains("IllegalStateException: kaput").endsWith(TIMEOUT);
    assertThat(pid(next)).isPositive();
  }

  @Test
  void the_stopped_callback_is_called_in_the_worker() throws Exception {
    Path file = fixture.file("a");
    Job job = fixture.enqueue(Call.of("hold").args(file.toString()), noted("a"));
    fixture.redis.command("HSET", "rq:job:a", "stopped_callback_name", "stopped");
    try (RqWorker worker = fixture.builder().build()) {
      worker.start();
      running(file);
      fixture.redis.command(
          "PUBLISH", "rq:pubsub:w", "{\"command\": \"stop-job\", \"job_id\": \"a\"}");
      fixture.worker.awaitStatus(job, JobStatus.STOPPED);
    }
    assertThat(noteOf("stopped")).isEqualTo("stopped in " + ProcessHandle.current().pid());
  }
}
