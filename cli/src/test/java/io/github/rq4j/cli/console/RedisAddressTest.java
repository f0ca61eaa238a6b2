package io.github.rq4j.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    assertThat(RedisAddress.find(null, environment))
        .isEqualTo("redis://:p%40ss%20w%2Brd%2F%C3%BC@db.example:6380/3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://localhost?db=3&socket_timeout=5",
        "rediss://localhost?ssl_cert_reqs=none",
        "unix:///run/redis.sock?db=1",
        "redis+sentinel://a:26379,b/mymaster/2"
      })
  void every_form_of_url_is_accepted(String url) {
    assertThat(RedisAddress.find(url, Map.of())).isEqualTo(url);
  }

  @Test
  void an_option_that_is_not_supported_is_a_misuse_that_shows_no_password() {
    Map<String, String> environment = Map.of("REDIS_URL", "redis://:secret@host?colour=red");

    assertThatThrownBy(() -> RedisAddress.find(null, environment))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "REDIS_URL: not a Redis URL that rq4j can use: its option 'colour' is not supported");
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
