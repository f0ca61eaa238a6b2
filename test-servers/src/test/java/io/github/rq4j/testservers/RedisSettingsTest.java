package io.github.rq4j.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class RedisSettingsTest {

  private final Properties properties = new Properties();

  @Test
  void nothing_is_forced_by_default() {
    RedisSettings settings = new RedisSettings(properties, Map.of());
    assertThat(settings.mode()).isNull();
    assertThat(settings.url()).isNull();
    assertThat(settings.image()).startsWith("redis:");
  }

  @Test
  void a_property_wins_over_its_variable() {
    properties.setProperty("rq4j.test.redis", "path");
    assertThat(new RedisSettings(properties, Map.of("RQ4J_TEST_REDIS", "docker")).mode())
        .isEqualTo(RedisMode.PATH);
  }

  @Test
  void variables_are_read() {
    RedisSettings settings =
        new RedisSettings(
            properties,
            Map.of(
                "RQ4J_TEST_REDIS", "url",
                "RQ4J_TEST_REDIS_URL", "redis://example:1",
                "RQ4J_TEST_REDIS_IMAGE", "own:1"));
    assertThat(settings.mode()).isEqualTo(RedisMode.URL);
    assertThat(settings.url()).isEqualTo("redis://example:1");
    assertThat(settings.image()).isEqualTo("own:1");
  }

  @Test
  void an_empty_variable_is_one_not_set() {
    assertThat(new RedisSettings(properties, Map.of("RQ4J_TEST_REDIS_URL", "")).url()).isNull();
  }

  @Test
  void an_unknown_mode_is_refused_with_the_known_ones() {
    properties.setProperty("rq4j.test.redis", "cloud");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new RedisSettings(properties, Map.of()).mode())
        .withMessageContaining("url, docker, path or embedded")
        .withMessageContaining("cloud");
  }
}
