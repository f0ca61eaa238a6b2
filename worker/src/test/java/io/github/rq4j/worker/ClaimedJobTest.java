package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.wire.StoredJob;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimedJobTest {
  private static ClaimedJob describedAs(String description) {
    byte[] bytes = description.getBytes(StandardCharsets.UTF_8);
    StoredJob stored = new StoredJob("id", Map.of("description", bytes));
    return new ClaimedJob(stored, "q", "x", Instant.EPOCH);
  }

  @Test
  void log_lines_have_the_description_or_the_id() {
    assertThat(describedAs("add(1)").description()).isEqualTo("add(1)");
    assertThat(describedAs("").description()).isEqualTo("id");
  }

  @Test
  void a_description_with_megabytes_of_arguments_is_cut_for_log_lines() {
    assertThat(describedAs("x".repeat(20_000_000)).description())
        .isEqualTo("x".repeat(500) + "...");
  }
}
