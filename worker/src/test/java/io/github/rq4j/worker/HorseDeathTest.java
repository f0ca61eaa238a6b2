package io.github.rq4j.worker;

import static io.github.rq4j.worker.HorseFixture.KILLED;
import static io.github.rq4j.worker.HorseFixture.awaitEnd;
import static io.github.rq4j.worker.HorseFixture.pid;
import static io.github.rq4j.worker.HorseFixture.running;
import static io.github.rq4j.worker.HorseFixture.signal;
import static io.github.rq4j.worker.HorseFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.testservers.WithRedis;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Horses that end while they should not: by an exit, without memory, or killed. */
@Isolated("starts processes, which hold up what runs beside them")
@WithRedis
@ExtendWith(WorkerExtension.class)
class HorseDeathTest {
  private final HorseFixture fixture;

  HorseDeathTest(HorseFixture fixture) {
    this.fixture = fixture;
  }

  @Test
  void system_exit_fails_its_own_job_alone() throws InterruptedException {
    Job job = fixture.enqueue("a", Call.of("exit").args(3));
    Job next = fixture.enqueue("b", Call.of("pid"));
    fixture.burst();
    assertThat(text(job)).isEqualTo("Work-horse terminated unexpectedly; waitpid returned 768; ");
    assertThat(pid(next)).isPositive();
  }

  @Test
  void an_exit_code_of_0_is_no_success() throws InterruptedException {
    Job job = fixture.enqueue("a", Call.of("exit").args(0));
    fixture.burst();
    assertThat(text(job)).isEqualTo("Work-horse terminated unexpectedly; waitpid returned 0; ");
  }

  @Test
  void halt_fails_its_own_job_alone() throws InterruptedException {
    Job job = fixture.enqueue("a", Call.of("halt").args(7));
    Job next = fixture.enqueue("b", Call.of("pid"));
    fixture.burst();
    assertThat(text(job)).isEqualTo("Work-horse terminated unexpectedly; waitpid returned 1792; ");
    assertThat(pid(next)).isPositive();
  }

  @Test
  void a_horse_without_memory_fails_its_own_job_alone() throws InterruptedException {
    Job job = fixture.enqueue("a", Call.of("fill"));
    Job next = fixture.enqueue("b", Call.of("pid"));
    fixture.burst();
    assertThat(text(job)).isEqualTo("Work-horse terminated unexpectedly; waitpid returned 768; ");
    assertThat(pid(next)).isPositive();
  }

  @Test
  void a_horse_can_be_told_to_outlive_a_lack_of_memory() throws InterruptedException {
    Job job = fixture.enqueue("a", Call.of("fill"));
    fixture.burst(fixture.horses().jvmOptions("-Xmx64m", "-XX:-ExitOnOutOfMemoryError"));
    assertThat(text(job)).contains("HorseTasks.fillTheHeap\n").contains("\nMemoryError");
  }

  @Test
  void a_job_whose_horse_was_killed_has_failed_with_the_text_of_rq() throws Exception {
    Path file = fixture.file("a");
    Job job = fixture.enqueue("a", Call.of("hold").args(file.toString()));
    try (RqWorker worker = fixture.builder().build()) {
      worker.start();
      signal("KILL", running(file));
      fixture.worker.awaitStatus(job, JobStatus.FAILED);
      assertThat(text(job)).isEqualTo(KILLED);
      assertThat(pid(fixture.enqueue("b", Call.of("pid")))).isPositive();
    }
  }

  @Test
  void a_job_whose_horse_was_killed_is_retried() throws Exception {
    fixture.enqueue("a", Call.of("exit").args(3));
    fixture.redis.command("HSET", "rq:job:a", "retries_left", "1", "retry_intervals", "[60]");
    fixture.burst();
    assertThat(fixture.worker.client.job("a").status()).isEqualTo(JobStatus.SCHEDULED);
    assertThat(fixture.worker.hget("rq:job:a", "retries_left")).isEqualTo("0");
  }

  @Test
  void an_idle_horse_that_was_killed_costs_no_job() throws Exception {
    try (RqWorker worker = fixture.builder().build()) {
      worker.start();
      ProcessHandle horse =
          ProcessHandle.of(pid(fixture.enqueue("a", Call.of("pid")))).orElseThrow();
      signal("KILL", horse);
      awaitEnd(horse);
      assertThat(pid(fixture.enqueue("b", Call.of("pid")))).isNotEqualTo(horse.pid());
    }
  }

  @Test
  void signals_that_a_terminal_sends_to_all_processes_do_not_end_a_horse() throws Exception {
    try (RqWorker worker = fixture.builder().build()) {
      worker.start();
      long pid = pid(fixture.enqueue("a", Call.of("pid")));
      ProcessHandle horse = ProcessHandle.of(pid).orElseThrow();
      signal("INT", horse);
      signal("TERM", horse);
      assertThat(pid(fixture.enqueue("b", Call.of("pid")))).isEqualTo(pid);
    }
  }
}
