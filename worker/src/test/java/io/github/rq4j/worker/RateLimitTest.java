package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.testservers.ReadableByRq;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A job under a rate limit gives its place to the next one in the step that ends it. */
@ReadableByRq
@ExtendWith(WorkerExtension.class)
class RateLimitTest {
  private final WorkerFixture fixture;

  RateLimitTest(WorkerFixture fixture) {
    this.fixture = fixture;
  }

  @BeforeEach
  void connect() {
    fixture.redis.command("SADD", "rq:rl-keys", "api");
    fixture.redis.command("HSET", "rq:rl:api", "concurrency", "1");
  }

  private void limited(String id, String function, Duration resultTtl) {
    EnqueueOptions.Builder options = EnqueueOptions.builder().jobId(id).resultTtl(resultTtl);
    fixture.enqueue("default", Call.of(function), options);
    fixture.redis.command(
        "HSET", "rq:job:" + id, "rate_limit_key", "api", "rate_limit_concurrency", "1");
  }

  /** A job with the place, and two that wait for it. */
  private void enqueue(String function) {
    limited("a", function, Duration.ofSeconds(60));
    fixture.redis.command("ZADD", "rq:rl:api:allowed", "1", "a");
    for (String id : new String[] {"b", "c"}) {
      limited(id, "none", Duration.ofSeconds(60));
      fixture.redis.command("LREM", "rq:queue:default", "0", id);
      fixture.redis.command("HSET", "rq:job:" + id, "status", "rate_limited");
      fixture.redis.command("ZADD", "rq:rl:api:rate_limited", id.equals("b") ? "2" : "3", id);
    }
  }

  private void runOne() throws InterruptedException {
    try (RqWorker worker = fixture.worker().burst(true).maxJobs(1).build()) {
      worker.runUntilShutdown();
    }
  }

  private String allowed() {
    return fixture.list("ZRANGE", "rq:rl:api:allowed", "0", "-1").toString();
  }

  private String waiting() {
    return fixture.list("ZRANGE", "rq:rl:api:rate_limited", "0", "-1").toString();
  }

  private String queued() {
    return fixture.list("LRANGE", "rq:queue:default", "0", "-1").toString();
  }

  @Test
  void a_finished_job_gives_its_place_to_the_oldest_that_waits() throws InterruptedException {
    enqueue("none");
    runOne();
    assertThat(allowed()).isEqualTo("[b]");
    assertThat(waiting()).isEqualTo("[c]");
    assertThat(queued()).isEqualTo("[b]");
    assertThat(fixture.client.job("b").status()).isEqualTo(JobStatus.QUEUED);
  }

  @Test
  void a_failed_job_gives_its_place_away() throws InterruptedException {
    enqueue("boom");
    runOne();
    assertThat(allowed()).isEqualTo("[b]");
  }

  @Test
  void all_waiting_jobs_come_to_their_turn() throws InterruptedException {
    enqueue("none");
    fixture.burst();
    assertThat(fixture.client.job("c").status()).isEqualTo(JobStatus.FINISHED);
    assertThat(fixture.number("EXISTS", "rq:rl:api:allowed", "rq:rl:api:rate_limited")).isZero();
  }

  @Test
  void a_retry_at_once_keeps_the_place() throws InterruptedException {
    enqueue("boom");
    fixture.redis.command("HSET", "rq:job:a", "retries_left", "1");
    runOne();
    assertThat(allowed()).isEqualTo("[a]");
    assertThat(queued()).isEqualTo("[a]");
  }

  @Test
  void a_retry_with_an_interval_gives_the_place_away() throws InterruptedException {
    enqueue("boom");
    fixture.redis.command("HSET", "rq:job:a", "retries_left", "1", "retry_intervals", "[60]");
    runOne();
    assertThat(allowed()).isEqualTo("[b]");
  }

  @Test
  void a_repeat_at_once_keeps_the_place() throws InterruptedException {
    enqueue("none");
    fixture.redis.command("HSET", "rq:job:a", "repeats_left", "1", "repeat_intervals", "[0]");
    runOne();
    assertThat(allowed()).isEqualTo("[a]");
  }

  @Test
  void a_waiting_job_that_is_gone_or_canceled_is_passed_over() throws InterruptedException {
    enqueue("none");
    fixture.redis.command("HSET", "rq:job:b", "status", "canceled");
    fixture.redis.command("ZADD", "rq:rl:api:rate_limited", "1", "gone");
    runOne();
    assertThat(allowed()).isEqualTo("[c]");
    assertThat(queued()).isEqualTo("[c]");
  }

  @Test
  void a_job_that_leaves_nothing_behind_gives_its_place_away_as_well() throws InterruptedException {
    enqueue("none");
    fixture.redis.command("HSET", "rq:job:a", "result_ttl", "0");
    runOne();
    assertThat(allowed()).isEqualTo("[b]");
  }

  @Test
  void a_higher_limit_lets_several_in() throws InterruptedException {
    enqueue("none");
    fixture.redis.command("HSET", "rq:rl:api", "concurrency", "2");
    runOne();
    assertThat(allowed()).isEqualTo("[b, c]");
    assertThat(queued()).isEqualTo("[b, c]");
  }
}
