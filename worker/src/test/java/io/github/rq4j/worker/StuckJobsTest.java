package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.testservers.LeavesUnreadable;
import io.github.rq4j.testservers.ReadableByRq;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What maintenance does with jobs that a Python worker took and never started. */
@ReadableByRq
@ExtendWith(WorkerExtension.class)
class StuckJobsTest {
  private static final String LIST = "rq:queue:default:intermediate";
  private static final String FIRST_SEEN = LIST + ":first_seen:j";

  private final UpkeepFixture fixture;

  StuckJobsTest(UpkeepFixture fixture) {
    this.fixture = fixture;
  }

  private void maintainTwice() {
    fixture.maintain();
    fixture.clock.advance(Duration.ofSeconds(61));
    fixture.maintain();
  }

  @Test
  void a_stuck_job_is_only_noted_at_first() {
    fixture.taken("j");
    fixture.maintain();
    assertThat(fixture.status("j")).isEqualTo("queued");
    assertThat(fixture.redis.command("GET", FIRST_SEEN)).isEqualTo("1795316455.054295");
    assertThat(fixture.redis.command("TTL", FIRST_SEEN)).isEqualTo(86_400L);
  }

  @Test
  void for_a_minute_nothing_is_done() {
    fixture.taken("j");
    fixture.maintain();
    fixture.clock.advance(Duration.ofSeconds(60));
    fixture.maintain();
    assertThat(fixture.status("j")).isEqualTo("queued");
    assertThat(fixture.list(LIST)).isEqualTo("[j]");
  }

  @Test
  void after_more_than_a_minute_it_fails_with_the_text_of_rq() {
    fixture.taken("j");
    maintainTwice();
    assertThat(fixture.status("j")).isEqualTo("failed");
    assertThat(fixture.worker.client.job("j").latestResult().orElseThrow().excString())
        .isEqualTo("Job was stuck in intermediate queue.");
    assertThat(fixture.members("rq:failed:default")).isEqualTo("[j]");
    assertThat(fixture.exists(LIST)).isFalse();
    assertThat(fixture.exists(FIRST_SEEN)).isFalse();
  }

  @Test
  void the_worker_that_cleans_up_counts_it_as_its_failure_as_in_rq() {
    fixture.taken("j");
    maintainTwice();
    assertThat(fixture.redis.command("HGET", "rq:worker:w", "failed_job_count")).isEqualTo("1");
  }

  @Test
  void a_stuck_job_with_retries_left_goes_back_to_its_queue() {
    fixture.taken("j", "retries_left", "1");
    maintainTwice();
    assertThat(fixture.queued()).isEqualTo("[j]");
    assertThat(fixture.exists(LIST)).isFalse();
  }

  @Test
  void an_id_without_a_job_is_dropped() {
    fixture.redis.command("RPUSH", LIST, "ghost");
    fixture.maintain();
    assertThat(fixture.exists(LIST)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"finished", "failed", "canceled", "stopped"})
  void a_job_that_has_ended_only_loses_the_stale_entry(String status) {
    fixture.taken("j", "status", status, "retries_left", "1");
    maintainTwice();
    assertThat(fixture.status("j")).isEqualTo(status);
    assertThat(fixture.queued()).isEqualTo("[]");
    assertThat(fixture.exists(LIST)).isFalse();
  }

  @LeavesUnreadable("an execution id that is none of RQ")
  @Test
  void a_job_whose_run_has_been_prepared_is_left_alone() {
    fixture.taken("j");
    fixture.execution("j", "x1", UpkeepFixture.NOW_SECONDS + 100);
    maintainTwice();
    assertThat(fixture.status("j")).isEqualTo("queued");
    assertThat(fixture.list(LIST)).isEqualTo("[j]");
  }

  @Test
  void a_job_that_waits_in_its_queue_as_well_is_not_failed() {
    fixture.taken("j");
    fixture.redis.command("RPUSH", "rq:queue:default", "j");
    maintainTwice();
    assertThat(fixture.status("j")).isEqualTo("queued");
    assertThat(fixture.queued()).isEqualTo("[j]");
    assertThat(fixture.exists(LIST)).isFalse();
  }

  @Test
  void the_minute_begins_anew_when_the_job_was_enqueued_anew() {
    fixture.taken("j");
    fixture.redis.command("SET", FIRST_SEEN, "1000");
    fixture.maintain();
    assertThat(fixture.status("j")).isEqualTo("queued");
    assertThat(fixture.redis.command("GET", FIRST_SEEN)).isEqualTo("1795316455.054295");
  }

  @LeavesUnreadable("a time that is none")
  @Test
  void a_job_that_rq_could_not_even_read_fails_and_stops_nothing() {
    fixture.taken("odd", "status", "QUEUED", "enqueued_at", "today");
    fixture.taken("j");
    maintainTwice();
    assertThat(fixture.status("odd")).isEqualTo("failed");
    assertThat(fixture.status("j")).isEqualTo("failed");
  }

  @Test
  void more_than_a_batch_is_looked_at() {
    for (int i = 0; i < 120; i++) {
      fixture.taken("j" + i);
    }
    maintainTwice();
    assertThat(fixture.worker.number("ZCARD", "rq:failed:default")).isEqualTo(120);
    assertThat(fixture.exists(LIST)).isFalse();
  }
}
