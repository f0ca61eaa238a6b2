package io.github.rq4j.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.UnreadableJobException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredJobTest {

  private static StoredJob job(String... pairs) {
    Map<String, byte[]> fields = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put(pairs[i], pairs[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    return new StoredJob("j1", fields);
  }

  @Test
  void empty_and_absent_fields_read_alike() {
    StoredJob job = job("started_at", "", "worker_name", "", "timeout", "");
    assertThat(job.instant("started_at")).isNull();
    assertThat(job.text("worker_name")).isNull();
    assertThat(job.number("timeout")).isNull();
    assertThat(job.bytes("meta")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3m", "180.5", "true", "99999999999999999999"})
  void a_number_in_another_form_is_reported_with_job_and_field(String value) {
    assertThatThrownBy(() -> job("timeout", value).number("timeout"))
        .isInstanceOf(UnreadableJobException.class)
        .hasMessage("job j1: field 'timeout' is not a plain integer");
  }

  @Test
  void a_flag_is_one_zero_or_absent() {
    assertThat(job("enqueue_at_front", "1").flag("enqueue_at_front")).isTrue();
    assertThat(job("enqueue_at_front", "0").flag("enqueue_at_front")).isFalse();
    assertThat(job().flag("enqueue_at_front")).isFalse();
  }

  @Test
  void a_job_without_status_was_created() {
    assertThat(job().status()).isEqualTo(JobStatus.CREATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUEUED", "cancelled", "unknown"})
  void a_status_that_rq_does_not_know_is_reported(String status) {
    assertThatThrownBy(() -> job("status", status).status())
        .isInstanceOf(UnreadableJobException.class)
        .hasMessageContaining("'status'");
  }
}
