package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.testservers.WithRedis;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs whose worker vanished go back to their queue, where the worker is told so. */
@WithRedis
@ExtendWith(WorkerExtension.class)
class RequeueAfterCrashTest {
  private final UpkeepFixture fixture;

  RequeueAfterCrashTest(UpkeepFixture fixture) {
    this.fixture = fixture;
  }

  private void maintain(int requeues) {
    RqWorkerBuilder builder =
        fixture.worker.worker().clock(fixture.clock).requeueAfterCrash(requeues);
    Maintenance maintenance =
        new Maintenance(
            new WorkerConfig(builder),
            fixture.server,
            () -> false,
            lost -> fixture.tookOver.add(lost.id() + " failed or retried"));
    var unused = maintenance.perform();
  }

  private Object field(String name) {
    return String.valueOf(fixture.redis.command("HGET", "rq:job:j", name));
  }

  @Test
  void an_abandoned_job_goes_to_the_front_of_its_queue() {
    fixture.abandoned("j");
    fixture.waiting("other");
    maintain(2);
    assertThat(fixture.status("j")).isEqualTo("queued");
    assertThat(fixture.queued()).isEqualTo("[j, other]");
    assertThat(fixture.exists("rq:wip:default")).isFalse();
    assertThat(fixture.exists("rq:execution:j:x1")).isFalse();
    assertThat(fixture.exists("rq:results:j")).isFalse();
    assertThat(field("rq4j_crashes")).isEqualTo("1");
    assertThat(fixture.tookOver).isEmpty();
  }

  @Test
  void a_job_whose_worker_vanished_too_often_fails() {
    fixture.abandoned("j", "rq4j_crashes", "2");
    maintain(2);
    assertThat(fixture.status("j")).isEqualTo("failed");
    assertThat(fixture.members("rq:failed:default")).isEqualTo("[j]");
    // Whoever requeues it by hand begins anew.
    assertThat(field("rq4j_crashes")).isEqualTo("null");
    assertThat(fixture.tookOver).containsExactly("j failed or retried");
  }

  @Test
  void retries_that_are_left_are_taken_first() {
    fixture.abandoned("j", "retries_left", "1");
    maintain(2);
    assertThat(fixture.status("j")).isEqualTo("queued");
    assertThat(field("retries_left")).isEqualTo("0");
    assertThat(field("rq4j_crashes")).isEqualTo("null");
  }

  @Test
  void a_stuck_job_goes_back_to_its_queue() {
    fixture.taken("j");
    String firstSeen = "rq:queue:default:intermediate:first_seen:j";
    fixture.redis.command("SET", firstSeen, Long.toString(UpkeepFixture.NOW_SECONDS - 61));
    maintain(1);
    assertThat(fixture.status("j")).isEqualTo("queued");
    assertThat(fixture.queued()).isEqualTo("[j]");
    assertThat(fixture.exists("rq:queue:default:intermediate")).isFalse();
    assertThat(field("rq4j_crashes")).isEqualTo("1");
  }

  @Test
  void a_finished_job_is_left_as_it_is() {
    fixture.abandoned("j", "status", "finished");
    maintain(2);
    assertThat(fixture.status("j")).isEqualTo("finished");
    assertThat(fixture.exists("rq:queue:default")).isFalse();
    assertThat(fixture.exists("rq:wip:default")).isFalse();
  }

  @Test
  void a_run_that_comes_to_its_end_makes_the_crashes_forgotten() {
    Job job = fixture.worker.enqueue("done", Call.of("note").args("a"));
    fixture.redis.command("HSET", "rq:job:done", "rq4j_crashes", "1");
    try (RqWorker worker = fixture.worker.worker().burst(true).build()) {
      worker.start();
      fixture.worker.awaitStatus(job, JobStatus.FINISHED);
      worker.close(Duration.ofSeconds(10));
    }
    assertThat(fixture.redis.command("HEXISTS", "rq:job:done", "rq4j_crashes")).isEqualTo(0L);
  }

  @Test
  void a_negative_number_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fixture.worker.worker().requeueAfterCrash(-1))
        .withMessageContaining("requeueAfterCrash");
  }
}
