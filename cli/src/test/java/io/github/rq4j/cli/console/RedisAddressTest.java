package io.github.rq4j.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.redis.RedisUrl;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RedisAddressTest {

  @Test
  void the_option_wins_over_the_environment() {
    assertThat(RedisAddress.find("redis://option", Map.of("RQ_REDIS_URL", "redis://other")))
        .isEqualTo("redis://option");
  }

  @Test
  void rq_redis_url_wins_over_redis_url() {
    Map<String, String> environment =
        Map.of("RQ_REDIS_URL", "redis://first", "REDIS_URL", "redis://second");

    assertThat(RedisAddress.find(null, environment)).isEqualTo("redis://first");
  }

  @Test
  void redis_url_wins_over_host_and_port() {
    Map<String, String> environment = Map.of("REDIS_URL", "redis://url", "REDIS_HOST", "host");

    assertThat(RedisAddress.find(null, environment)).isEqualTo("redis://url");
  }

  @Test
  void an_empty_variable_counts_as_absent() {
    Map<String, String> environment = Map.of("RQ_REDIS_URL", "", "REDIS_HOST", "");

    assertThat(RedisAddress.find(null, environment)).isEqualTo("redis://localhost:6379/0");
  }

  @Test
  void host_port_database_and_password_make_a_url() {
    Map<String, String> environment =
        Map.of(
            "REDIS_HOST", "db.example",
            "REDIS_PORT", "6380",
            "REDIS_DB", "3",
            "REDIS_PASSWORD", "p@ss w+rd/ü");

    assertThat(RedisUrl.parse(RedisAddress.find(null, environment)))
        .isEqualTo(new RedisUrl(false, "db.example", 6380, 3, null, "p@ss w+rd/ü"));
  }

  @Test
  void redis_ssl_chooses_tls() {
    assertThat(RedisAddress.find(null, Map.of("REDIS_SSL", "True"))).startsWith("rediss://");
  }

  @Test
  void a_redis_ssl_that_is_not_boolean_is_a_misuse() {
    assertThatThrownBy(() -> RedisAddress.find(null, Map.of("REDIS_SSL", "maybe")))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("REDIS_SSL must be true or false, not 'maybe'");
  }
}
