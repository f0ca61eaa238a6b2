package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many jobs each of a worker's horses may have. */
class HorsesTest {
  private static IntStream mostJobs(int horses, int slots, int jobsPerHorse) {
    return IntStream.rangeClosed(1, horses)
        .map(number -> Horses.mostJobs(number, slots, jobsPerHorse));
  }

  @Test
  void horses_that_start_together_are_not_replaced_together() {
    assertThat(mostJobs(6, 4, 1000)).containsExactly(250, 500, 750, 1000, 1000, 1000);
  }

  @Test
  void with_a_single_slot_each_has_all_jobs_that_it_may_have() {
    assertThat(mostJobs(3, 1, 7)).containsExactly(7, 7, 7);
  }

  @Test
  void each_has_at_least_one_job() {
    assertThat(mostJobs(6, 4, 1)).containsOnly(1);
    assertThat(mostJobs(1, Integer.MAX_VALUE, Integer.MAX_VALUE)).containsExactly(1);
  }
}
