package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.wire.StoredJob;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPlanTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000);

  private static StoredJob job(String... pairs) {
    Map<String, byte[]> fields = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put(pairs[i], pairs[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    return new StoredJob("j1", fields);
  }

  @Test
  void a_job_without_retries_is_not_retried() {
    assertThat(RetryPlan.of(job(), NOW)).isEmpty();
    assertThat(RetryPlan.of(job("retries_left", "0"), NOW)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | [10, 30]     | 1010",
        "2 | [10, 30]     | 1010",
        "1 | [10, 30]     | 1030",
        "2 | [10, 30, 60] | 1030",
        "1 | [10, 30, 60] | 1060",
        "5 | [0]          | 0",
        "1 | []           | 0",
      })
  void intervals_are_used_from_the_front_and_the_first_repeats(
      String left, String intervals, long due) {
    StoredJob job = job("retries_left", left, "retry_intervals", intervals);
    assertThat(RetryPlan.of(job, NOW))
        .contains(new RetryPlan(Long.parseLong(left) - 1, due, false));
  }

  @Test
  void a_retry_may_go_to_the_front() {
    StoredJob job = job("retries_left", "1", "enqueue_at_front_on_retry", "1");
    assertThat(RetryPlan.of(job, NOW)).contains(new RetryPlan(0, 0, true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"x | [1]", "1.5 | [1]", "1 | {", "1 | nonsense"})
  void settings_that_cannot_be_read_mean_no_retry(String left, String intervals) {
    assertThat(RetryPlan.of(job("retries_left", left, "retry_intervals", intervals), NOW))
        .isEmpty();
  }
}
