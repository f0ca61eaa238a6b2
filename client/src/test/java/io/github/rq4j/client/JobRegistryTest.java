package io.github.rq4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.JobRegistry.Kind;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithRedis
class JobRegistryTest {
  private TestRedis redis;
  private RqClient client;

  @BeforeEach
  void connect(TestRedis testRedis) {
    redis = testRedis;
    client = RqClient.connect(redis.uri().toString());
  }

  @AfterEach
  void disconnect() {
    client.close();
    redis.flush();
  }

  private JobRegistry registry(Kind kind) {
    return client.queue("default").registry(kind);
  }

  private void failed(String id) {
    redis.command("HSET", "rq:job:" + id, "data", "x", "origin", "default", "status", "failed");
    redis.command("ZADD", "rq:failed:default", "4000000000", id);
  }

  @Test
  void counting_removes_nothing() {
    redis.command("ZADD", "rq:finished:default", "1000", "old", "4000000000", "new");
    assertThat(registry(Kind.FINISHED).count()).isEqualTo(2);
    assertThat(registry(Kind.FINISHED).cleanup()).isEqualTo(1);
    assertThat(registry(Kind.FINISHED).jobIds(0, 10)).containsExactly("new");
  }

  @Test
  void a_page_of_a_million_entries_is_read_without_the_others() {
    // In parts, so that no script holds the server up for longer than a reply may take.
    for (int part = 0; part < 50; part++) {
      redis.command(
          "EVAL",
          "for i = 1, 20000 do local n = ARGV[1] * 20000 + i"
              + " redis.call('ZADD', KEYS[1], n, 'j' .. n) end",
          "1",
          "rq:failed:default",
          Integer.toString(part));
    }
    JobRegistry failed = registry(Kind.FAILED);
    assertThat(failed.count()).isEqualTo(1_000_000);
    assertThat(failed.entries(500_000, 2))
        .containsExactly(
            new RegistryEntry("j500001", null, Instant.ofEpochSecond(500_001)),
            new RegistryEntry("j500002", null, Instant.ofEpochSecond(500_002)));
    assertThat(failed.latestEntries(0, 1)).first().extracting("jobId").isEqualTo("j1000000");
  }

  @Test
  void never_is_no_point_in_time() {
    redis.command("ZADD", "rq:finished:default", "+inf", "kept");
    redis.command("ZADD", "rq:failed:default", "-1", "kept");
    assertThat(registry(Kind.FINISHED).entries(0, 1))
        .containsExactly(new RegistryEntry("kept", null, null));
    assertThat(registry(Kind.FAILED).entries(0, 1))
        .containsExactly(new RegistryEntry("kept", null, null));
    assertThat(registry(Kind.FAILED).contains("kept")).isTrue();
  }

  @Test
  void a_scheduled_job_tells_when_it_is_due() {
    redis.command("ZADD", "rq:scheduled:default", "1893553445", "s");
    assertThat(registry(Kind.SCHEDULED).time("s")).contains(Instant.parse("2030-01-02T03:04:05Z"));
    assertThat(registry(Kind.SCHEDULED).time("nobody")).isEmpty();
  }

  @Test
  void a_started_job_is_found_by_its_id_and_has_its_run() {
    redis.command("ZADD", "rq:wip:default", "4000000000", "j:x1", "4000000000", "old");
    redis.command("ZADD", "rq:executions:j", "4000000060", "x1");
    assertThat(registry(Kind.STARTED).entries(0, 10))
        .extracting(RegistryEntry::jobId)
        .containsExactly("j", "old");
    assertThat(registry(Kind.STARTED).entry("j"))
        .hasValueSatisfying(entry -> assertThat(entry.executionId()).isEqualTo("x1"));
    assertThat(registry(Kind.STARTED).contains("old")).isTrue();
    assertThat(registry(Kind.STARTED).contains("nobody")).isFalse();
  }

  @Test
  void an_entry_of_a_running_job_cannot_be_removed() {
    assertThatThrownBy(() -> registry(Kind.STARTED).remove("j"))
        .isInstanceOf(InvalidJobOperationException.class);
  }

  @Test
  void removing_tells_whether_it_was_there() {
    failed("j");
    assertThat(registry(Kind.FAILED).remove("j")).isTrue();
    assertThat(registry(Kind.FAILED).remove("j")).isFalse();
  }

  @Test
  void one_failed_job_is_requeued() {
    failed("j");
    registry(Kind.FAILED).requeue("j");
    assertThat(client.queue("default").jobIds()).containsExactly("j");
    assertThat(client.job("j").status()).isEqualTo(JobStatus.QUEUED);
    assertThat(client.queues()).extracting(Queue::name).containsExactly("default");
  }

  @Test
  void all_failed_jobs_are_requeued_in_order_and_what_is_gone_stays() {
    redis.command(
        "EVAL",
        "for i = 1, 450 do "
            + "redis.call('HSET', 'rq:job:' .. i, 'data', 'x', 'origin', 'default') "
            + "redis.call('ZADD', 'rq:failed:default', i, i) end",
        "0");
    redis.command("ZADD", "rq:failed:default", "5.5", "gone");
    assertThat(registry(Kind.FAILED).requeueAll()).isEqualTo(450);
    assertThat(client.queue("default").jobIds(0, 3)).containsExactly("1", "2", "3");
    assertThat(client.queue("default").size()).isEqualTo(450);
    assertThat(registry(Kind.FAILED).jobIds(0, 10)).containsExactly("gone");
  }

  @Test
  void more_abandoned_jobs_than_fit_in_a_step_are_failed() {
    redis.command(
        "EVAL",
        "for i = 1, 450 do redis.call('HSET', 'rq:job:' .. i, 'data', 'x', 'origin', 'default',"
            + " 'status', 'started') redis.call('ZADD', 'rq:wip:default', 1000, i .. ':x') end",
        "0");
    assertThat(registry(Kind.STARTED).cleanup()).isEqualTo(450);
    assertThat(registry(Kind.STARTED).count()).isZero();
    assertThat(registry(Kind.FAILED).count()).isEqualTo(450);
    assertThat(client.job("1").latestResult())
        .hasValueSatisfying(
            result -> assertThat(result.excString()).contains("due to AbandonedJobError"));
  }

  @Test
  void an_abandoned_job_whose_pickle_is_not_compressed_goes_into_the_failed_queue() {
    redis.command(
        "EVAL",
        "redis.call('HSET', 'rq:job:old', 'data', '(x', 'origin', 'default', 'status', 'started')"
            + " redis.call('ZADD', 'rq:wip:default', 1000, 'old')",
        "0");
    assertThat(registry(Kind.STARTED).cleanup()).isEqualTo(1);
    assertThat(client.queue("failed").jobIds(0, 10)).containsExactly("old");
    assertThat(registry(Kind.FAILED).count()).isZero();
    assertThat(redis.command("HGET", "rq:job:old", "exc_info"))
        .asString()
        .startsWith("Moved to FailedJobRegistry, due to AbandonedJobError");
  }

  @Test
  void pages_have_no_negative_ends() {
    assertThatThrownBy(() -> registry(Kind.FAILED).entries(-1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(registry(Kind.FAILED).entries(0, 0)).isEmpty();
  }
}
