package io.github.rq4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnqueueOptionsTest {

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "a.b", "ü", "", "a b"})
  void an_id_that_rq_would_refuse_to_read_is_refused(String id) {
    assertThatThrownBy(() -> EnqueueOptions.builder().jobId(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("letters, digits, '_' and '-'");
  }

  @Test
  void a_timeout_of_zero_is_refused_as_in_rq() {
    assertThatThrownBy(() -> EnqueueOptions.builder().timeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("timeout must be whole seconds, at least 1, or INFINITE");
  }

  @Test
  void fractions_of_a_second_are_refused_since_rq_cannot_read_them() {
    assertThatThrownBy(() -> EnqueueOptions.builder().resultTtl(Duration.ofMillis(1500)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_job_cannot_wait_for_ever_by_ttl() {
    assertThatThrownBy(() -> EnqueueOptions.builder().ttl(EnqueueOptions.INFINITE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void options_do_not_change_when_their_builder_is_used_again() {
    EnqueueOptions.Builder builder = EnqueueOptions.builder().description("first");
    EnqueueOptions first = builder.build();
    builder.description("second");
    assertThat(first.description()).isEqualTo("first");
  }
}
