package io.github.rq4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results that are waited for without blocking. */
@WithRedis
class ResultWatcherTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  // Protocol 0, as the pickle module writes the number five.
  private static final String FIVE = "I5\n.";
  private static final String FIVE_IN_BASE64 = "STUKLg==";

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

  private Job job(String id, String status) {
    redis.command("HSET", "rq:job:" + id, "status", status, "data", "x");
    return client.job(id);
  }

  private void succeed(String id) {
    redis.command("XADD", "rq:results:" + id, "*", "type", "1", "return_value", FIVE_IN_BASE64);
  }

  @Test
  void a_result_that_comes_later_completes_the_future() {
    CompletableFuture<Long> future = job("j", "started").resultAsync(Long.class, PATIENCE);
    assertThat(future).isNotDone();
    succeed("j");
    assertThat(future).succeedsWithin(PATIENCE).isEqualTo(5L);
  }

  @Test
  void many_may_wait_for_the_same_job() {
    Job job = job("j", "started");
    CompletableFuture<?> first = job.resultAsync(PATIENCE);
    CompletableFuture<?> second = job.resultAsync(Integer.class, PATIENCE);
    succeed("j");
    assertThat(first).succeedsWithin(PATIENCE).isEqualTo(5L);
    assertThat(second).succeedsWithin(PATIENCE).isEqualTo(5);
  }

  @Test
  void a_failure_completes_the_future_with_it() {
    CompletableFuture<?> future = job("j", "failed").resultAsync(PATIENCE);
    redis.command("XADD", "rq:results:j", "*", "type", "2");
    assertThat(future)
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .withCauseInstanceOf(JobFailedException.class);
  }

  @Test
  void a_returned_retry_is_not_the_end() {
    CompletableFuture<?> future = job("j", "started").resultAsync(PATIENCE);
    redis.command("XADD", "rq:results:j", "*", "type", "4");
    succeed("j");
    assertThat(future).succeedsWithin(PATIENCE).isEqualTo(5L);
  }

  @Test
  void a_worker_of_rq_before_1_12_is_served() {
    Job job = job("j", "started");
    CompletableFuture<?> future = job.resultAsync(PATIENCE);
    redis.command("HSET", "rq:job:j", "status", "finished", "result", FIVE);
    assertThat(future).succeedsWithin(PATIENCE).isEqualTo(5L);
  }

  @Test
  void a_job_that_is_not_there_is_noticed() {
    assertThat(client.job("nobody").resultAsync(PATIENCE))
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .withCauseInstanceOf(NoSuchJobException.class);
  }

  @Test
  void a_result_that_cannot_be_read_fails_only_those_who_want_it() {
    job("bad", "started");
    redis.command("XADD", "rq:results:bad", "*", "type", "1", "return_value", "%%%");
    CompletableFuture<?> good = job("j", "started").resultAsync(PATIENCE);
    CompletableFuture<?> bad = client.job("bad").resultAsync(PATIENCE);
    CompletableFuture<?> wrongType = client.job("j").resultAsync(Job.class, PATIENCE);
    assertThat(bad).failsWithin(PATIENCE);
    succeed("j");
    assertThat(good).succeedsWithin(PATIENCE).isEqualTo(5L);
    assertThat(wrongType).failsWithin(PATIENCE);
  }

  @Test
  void a_wait_ends_at_its_time_and_others_go_on() {
    CompletableFuture<?> patient = job("j", "started").resultAsync(PATIENCE);
    CompletableFuture<?> hasty = client.job("j").resultAsync(Duration.ofMillis(50));
    assertThat(hasty)
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .withCauseInstanceOf(ResultTimeoutException.class);
    succeed("j");
    assertThat(patient).succeedsWithin(PATIENCE).isEqualTo(5L);
  }

  @Test
  void a_canceled_wait_leaves_the_job_and_other_waits_alone() {
    CompletableFuture<?> canceled = job("j", "started").resultAsync(PATIENCE);
    CompletableFuture<?> other = client.job("j").resultAsync(PATIENCE);
    canceled.cancel(false);
    succeed("j");
    assertThat(other).succeedsWithin(PATIENCE).isEqualTo(5L);
    assertThat(client.job("j").status()).isEqualTo(JobStatus.STARTED);
  }

  @Test
  void closing_the_client_ends_all_waits() {
    CompletableFuture<?> future = job("j", "started").resultAsync(PATIENCE);
    client.close();
    assertThat(future)
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .withCauseInstanceOf(RedisUnavailableException.class);
    assertThat(client.job("j").resultAsync(PATIENCE)).isCompletedExceptionally();
  }

  @Test
  void a_connection_that_was_cut_is_replaced() {
    CompletableFuture<?> future = job("j", "started").resultAsync(PATIENCE);
    redis.cutConnections("normal");
    succeed("j");
    assertThat(future).succeedsWithin(PATIENCE).isEqualTo(5L);
  }

  @Test
  void ten_thousand_wait_at_once() throws Exception {
    int count = 10_000;
    redis.command(
        "EVAL",
        "for i = 1, ARGV[1] do redis.call('HSET', 'rq:job:' .. i, 'status', 'started', 'data',"
            + " 'x') end",
        "0",
        Integer.toString(count));
    List<CompletableFuture<Long>> futures = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      futures.add(client.job(Integer.toString(i)).resultAsync(Long.class, Duration.ofMinutes(2)));
    }
    succeed("777");
    long start = System.nanoTime();
    assertThat(futures.get(776)).succeedsWithin(Duration.ofSeconds(10));
    System.Logger log = System.getLogger(ResultWatcherTest.class.getName());
    log.log(
        System.Logger.Level.INFO,
        "one of {0} after {1} ms",
        count,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    redis.command(
        "EVAL",
        "for i = 1, ARGV[1] do redis.call('XADD', 'rq:results:' .. i, '*', 'type', '1',"
            + " 'return_value', ARGV[2]) end",
        "0",
        Integer.toString(count),
        FIVE_IN_BASE64);
    CompletableFuture.allOf(futures.toArray(new CompletableFuture<?>[0])).get(60, TimeUnit.SECONDS);
    assertThat(futures).allSatisfy(future -> assertThat(future.join()).isEqualTo(5L));
    log.log(
        System.Logger.Level.INFO,
        "all after {0} ms",
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    assertThatThrownBy(() -> client.job("none").resultAsync(PATIENCE).join())
        .isInstanceOf(CompletionException.class);
  }
}
