package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BriefSpinTest {
  @Test
  void what_happened_before_the_wait_is_not_waited_for() {
    BriefSpin spin = new BriefSpin();
    long mark = spin.mark();
    spin.happen();
    assertThat(spin.mark()).isNotEqualTo(mark);
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> spin.await(mark));
  }

  @Test
  void a_wait_for_what_never_happens_ends() {
    BriefSpin spin = new BriefSpin();
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> spin.await(spin.mark()));
  }
}
