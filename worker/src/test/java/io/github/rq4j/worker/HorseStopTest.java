package io.github.rq4j.worker;

import static io.github.rq4j.worker.HorseFixture.KILLED;
import static io.github.rq4j.worker.HorseFixture.TIMEOUT;
import static io.github.rq4j.worker.HorseFixture.awaitEnd;
import static io.github.rq4j.worker.HorseFixture.pid;
import static io.github.rq4j.worker.HorseFixture.running;
import static io.github.rq4j.worker.HorseFixture.shortly;
import static io.github.rq4j.worker.HorseFixture.signal;
import static io.github.rq4j.worker.HorseFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.testservers.WithRedis;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Jobs in horses that their worker ends: at a timeout, on a command, or when it shuts down. */
@Isolated("channels belong to the server, not to a database")
@WithRedis
@ExtendWith(WorkerExtension.class)
class HorseStopTest {
  private final HorseFixture fixture;

  HorseStopTest(HorseFixture fixture) {
    this.fixture = fixture;
  }

  @Test
  void a_function_that_reacts_to_its_timeout_keeps_its_horse() throws InterruptedException {
    Job before = fixture.enqueue("a", Call.of("pid"));
    Job late = fixture.enqueue(Call.of("wait"), shortly("b"));
    Job after = fixture.enqueue("c", Call.of("pid"));
    fixture.burst();
    assertThat(text(late)).contains("HorseTasks.waitForInterruption\n").endsWith(TIMEOUT);
    assertThat(pid(before)).isEqualTo(pid(after));
  }

  @Test
  void the_horse_of_a_function_that_does_not_react_to_its_timeout_is_killed() throws Exception {
    Path file = fixture.file("a");
    Job stubborn = fixture.enqueue(Call.of("spin").args(file.toString()), shortly("a"));
    Job next = fixture.enqueue("b", Call.of("pid"));
    try (RqWorker worker = fixture.builder().build()) {
      worker.start();
      ProcessHandle horse = running(file);
      fixture.worker.awaitStatus(stubborn, JobStatus.FAILED);
      awaitEnd(horse);
      assertThat(text(stubborn)).contains("HorseTasks.spin\n").endsWith(TIMEOUT);
      assertThat(pid(next)).isNotEqualTo(horse.pid());
      assertThat(worker.abandonedThreads()).isZero();
    }
  }

  @Test
  void a_horse_that_stands_still_is_killed_at_the_timeout_of_its_job() throws Exception {
    Path file = fixture.file("a");
    Job job =
        fixture.enqueue(
            Call.of("hold").args(file.toString()),
            EnqueueOptions.builder().jobId("a").timeout(Duration.ofSeconds(2)));
    try (RqWorker worker = fixture.builder().build()) {
      worker.start();
      ProcessHandle horse = running(file);
      signal("STOP", horse);
      fixture.worker.awaitStatus(job, JobStatus.FAILED);
      awaitEnd(horse);
      assertThat(text(job))
          .endsWith("JobTimeoutException: Task exceeded maximum timeout value (2 seconds)\n");
    }
  }

  @Test
  void a_stopped_job_s_horse_is_killed_with_what_it_has_started() throws Exception {
    Path file = fixture.file("a");
    Job job = fixture.enqueue("a", Call.of("child").args(file.toString()));
    try (RqWorker worker = fixture.builder().build()) {
      worker.start();
      ProcessHandle horse = running(file);
      ProcessHandle child = running(fixture.file("a.child"));
      fixture.redis.command(
          "PUBLISH", "rq:pubsub:w", "{\"command\": \"stop-job\", \"job_id\": \"a\"}");
      fixture.worker.awaitStatus(job, JobStatus.STOPPED);
      awaitEnd(horse);
      awaitEnd(child);
      assertThat(text(job)).isEqualTo("Job stopped by user, work-horse terminated.");
    }
  }

  @Test
  void kill_horse_kills_it() throws Exception {
    Path file = fixture.file("a");
    Job job = fixture.enqueue("a", Call.of("spin").args(file.toString()));
    try (RqWorker worker = fixture.builder().build()) {
      worker.start();
      ProcessHandle horse = running(file);
      fixture.redis.command("PUBLISH", "rq:pubsub:w", "{\"command\": \"kill-horse\"}");
      fixture.worker.awaitStatus(job, JobStatus.FAILED);
      awaitEnd(horse);
      assertThat(text(job)).isEqualTo(KILLED);
    }
  }

  @Test
  void a_cold_shutdown_kills_the_horse_and_can_requeue_the_job() throws Exception {
    Path file = fixture.file("a");
    Job job = fixture.enqueue("a", Call.of("spin").args(file.toString()));
    try (RqWorker worker = fixture.builder().unfinishedJobs(UnfinishedJobs.REQUEUE).build()) {
      worker.start();
      ProcessHandle horse = running(file);
      worker.close(Duration.ZERO);
      awaitEnd(horse);
    }
    assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(fixture.worker.number("LLEN", "rq:queue:default")).isEqualTo(1);
  }
}
