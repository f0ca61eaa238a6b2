package io.github.rq4j.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {
  private final Arrivals arrivals = new Arrivals(40, Duration.ofMillis(1_500));

  @Test
  void the_rate_and_the_time_tell_how_many_jobs_come() {
    assertThat(arrivals.count()).isEqualTo(60);
  }

  @Test
  void a_job_is_due_by_its_number_and_not_by_when_the_one_before_it_was_sent() {
    assertThat(arrivals.at(1_000, 0)).isEqualTo(1_000);
    assertThat(arrivals.at(1_000, 40)).isEqualTo(1_000 + 1_000_000_000L);
  }

  @Test
  void a_job_is_not_sent_before_its_time() {
    long begin = System.nanoTime();

    arrivals.await(begin, 1);

    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(25_000_000L);
  }
}
