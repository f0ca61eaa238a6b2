package io.github.rq4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.BindingException;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a result is looked for, over all that workers of RQ leave behind. */
@WithRedis
class JobResultsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  // Protocol 0, as the pickle module writes the number five.
  private static final String FIVE = "I5\n.";
  private static final String FIVE_IN_BASE64 = "STUKLg==";

  private TestRedis redis;
  @AutoClose private RqClient client;

  @BeforeEach
  void connect(TestRedis testRedis) {
    redis = testRedis;
    client = RqClient.connect(redis.uri().toString());
  }

  private Job job(String status) {
    redis.command("HSET", "rq:job:j", "status", status, "data", "x");
    return client.job("j");
  }

  @Test
  void a_result_of_rq_before_1_12_is_read_from_the_hash() {
    Job job = job("finished");
    redis.command("HSET", "rq:job:j", "result", FIVE);
    assertThat(job.result(PATIENCE)).isEqualTo(5L);
    assertThat(job.latestResult()).isEmpty();
  }

  @Test
  void none_of_rq_before_1_12_is_null() {
    assertThat(job("finished").result(PATIENCE)).isNull();
  }

  @Test
  void a_failure_of_rq_before_0_10_is_read_as_plain_text() {
    Job job = job("failed");
    redis.command("HSET", "rq:job:j", "exc_info", "Traceback\nValueError: kaput\n");
    assertThatThrownBy(() -> job.result(PATIENCE))
        .isInstanceOf(JobFailedException.class)
        .hasMessage("job j is failed: ValueError: kaput");
  }

  @Test
  void the_stream_is_preferred_to_a_stale_hash() {
    Job job = job("finished");
    redis.command("HSET", "rq:job:j", "result", "I4\n.");
    redis.command("XADD", "rq:results:j", "*", "type", "1", "return_value", FIVE_IN_BASE64);
    assertThat(job.result(PATIENCE)).isEqualTo(5L);
  }

  @Test
  void a_run_that_asked_for_another_is_not_the_end() throws InterruptedException {
    Job job = job("queued");
    redis.command("XADD", "rq:results:j", "*", "type", "4");
    assertThatThrownBy(() -> job.result(Duration.ofMillis(50)))
        .isInstanceOf(ResultTimeoutException.class);
    Thread worker =
        new Thread(
            () ->
                redis.command(
                    "XADD", "rq:results:j", "*", "type", "1", "return_value", FIVE_IN_BASE64));
    worker.start();
    assertThat(job.result(PATIENCE)).isEqualTo(5L);
    worker.join();
  }

  @Test
  void used_up_retries_are_a_failure() {
    Job job = job("failed");
    redis.command("XADD", "rq:results:j", "*", "type", "5");
    assertThatThrownBy(() -> job.result(PATIENCE)).isInstanceOf(JobFailedException.class);
  }

  @Test
  void a_result_that_does_not_fit_the_type_says_where_and_why() {
    Job job = job("finished");
    redis.command("XADD", "rq:results:j", "*", "type", "1", "return_value", FIVE_IN_BASE64);
    assertThatThrownBy(() -> job.resultAs(String.class, PATIENCE))
        .isInstanceOf(BindingException.class)
        .hasMessageStartingWith("result: ");
  }

  @Test
  void a_damaged_result_is_reported_and_not_shown() {
    Job job = job("finished");
    redis.command("XADD", "rq:results:j", "*", "type", "1", "return_value", "secret!");
    assertThatThrownBy(() -> job.result(PATIENCE))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("field 'return_value'")
        .hasMessageNotContaining("secret");
  }

  @Test
  void a_result_of_an_unknown_type_is_reported() {
    Job job = job("finished");
    redis.command("XADD", "rq:results:j", "*", "type", "9");
    assertThatThrownBy(() -> job.result(PATIENCE))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("field 'type'");
  }

  @Test
  void a_job_that_does_not_exist_is_reported() {
    assertThatThrownBy(() -> client.job("none").result(PATIENCE))
        .isInstanceOfSatisfying(
            NoSuchJobException.class, e -> assertThat(e.jobId()).isEqualTo("none"));
  }

  @Test
  void a_status_that_rq_does_not_know_is_reported() {
    Job job = job("FINISHED");
    assertThatThrownBy(job::status).isInstanceOf(UnreadableJobException.class);
    assertThatThrownBy(() -> job.result(PATIENCE)).isInstanceOf(UnreadableJobException.class);
  }
}
