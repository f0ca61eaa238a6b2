package io.github.rq4j.client.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSettingsTest {

  @Test
  void a_plain_url_has_the_defaults() {
    RedisSettings settings = RedisSettings.parse("redis://localhost");
    assertThat(settings.endpoint()).isEqualTo(new Endpoint.Tcp("localhost", 6379));
    assertThat(settings.database()).isZero();
    assertThat(settings.tls()).isNull();
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void the_options_of_redis_py_are_read() {
    RedisSettings settings =
        RedisSettings.parse(
            "redis://localhost/2?db=3&socket_timeout=1.5&socket_connect_timeout=2"
                + "&client_name=app&max_connections=5&socket_keepalive=yes&protocol=2"
                + "&username=u&password=p%40ss");
    assertThat(settings.database()).isEqualTo(3);
    assertThat(settings.timeout()).isEqualTo(Duration.ofMillis(1500));
    assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.clientName()).isEqualTo("app");
    assertThat(settings.maximumConnections()).isEqualTo(5);
    assertThat(settings.keepAlive()).isTrue();
    assertThat(settings.user()).isEqualTo("u");
    assertThat(settings.password()).isEqualTo("p@ss");
  }

  @Test
  void a_unix_socket_is_a_path() {
    RedisSettings settings = RedisSettings.parse("unix://u:p%20w@/run/redis%20a.sock?db=4");
    assertThat(settings.endpoint()).isEqualTo(new Endpoint.Unix("/run/redis a.sock"));
    assertThat(settings.password()).isEqualTo("p w");
    assertThat(settings).hasToString("unix://u:***@/run/redis a.sock?db=4");
  }

  @Test
  void sentinels_and_the_name_of_the_primary_are_read() {
    RedisSettings settings =
        RedisSettings.parse(
            "rediss+sentinel://:pw@a:1,[::1]:2,c/mymaster/5?sentinel_username=s&sentinel_password=t");
    assertThat(settings.endpoint())
        .isEqualTo(
            new Endpoint.Sentinels(
                "mymaster",
                List.of(
                    new Endpoint.Tcp("a", 1),
                    new Endpoint.Tcp("[::1]", 2),
                    new Endpoint.Tcp("c", 26379))));
    assertThat(settings.database()).isEqualTo(5);
    assertThat(settings.tls()).isNotNull();
    assertThat(settings.sentinelUser()).isEqualTo("s");
    assertThat(settings.sentinelPassword()).isEqualTo("t");
    assertThat(settings).hasToString("rediss+sentinel://:***@a:1,[::1]:2,c:26379/mymaster/5");
  }

  @Test
  void the_builder_and_the_url_agree() {
    RedisSettings built =
        RedisSettings.sentinel("mymaster", "a:1", "b").database(5).login("u", "secret").build();
    assertThat(built)
        .hasToString(RedisSettings.parse("redis+sentinel://u:secret@a:1,b/mymaster/5").toString());
  }

  @Test
  void tls_options_are_read() {
    assertThat(RedisSettings.parse("rediss://h?ssl_cert_reqs=none").tls())
        .satisfies(tls -> assertThat(tls.verifyHostname()).isFalse());
    assertThat(RedisSettings.parse("rediss://h?ssl_check_hostname=false").tls())
        .satisfies(tls -> assertThat(tls.verifyHostname()).isFalse());
    assertThat(RedisSettings.parse("rediss://h").tls())
        .satisfies(tls -> assertThat(tls.verifyHostname()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "decode_responses",
        "health_check_interval",
        "retry_on_timeout",
        "ssl_ca_path",
        "ssl_password",
        "nonsense"
      })
  void an_option_that_is_not_supported_is_named(String option) {
    assertThatThrownBy(() -> RedisSettings.parse("redis://u:secret@h?" + option + "=secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + option + "'")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://h",
        "redis://",
        "unix://",
        "unix://secret",
        "unix://secret/path",
        "redis+sentinel://h",
        "redis+sentinel://h/",
        "redis+sentinel://h:secret/m",
        "redis+sentinel://secret@h/m",
        "redis+sentinel://h/m/1/2",
        "redis+sentinel://h/m/secret",
        "redis+sentinel:///m",
        "redis://h?db=secret",
        "redis://h?db=-1",
        "redis://h?socket_timeout=secret",
        "redis://h?socket_timeout=0",
        "redis://h?socket_keepalive=secret",
        "redis://h?protocol=3",
        "redis://h?client_name=a%20b",
        "redis://h?client_name=%zz",
        "redis://h?username=u",
        "redis://h?sentinel_password=secret",
        "redis://h?ssl_cert_reqs=none",
        "rediss://h?ssl_cert_reqs=secret",
        "rediss://h?ssl_keyfile=secret",
        "rediss://h?ssl_ca_certs=/nowhere/ca.pem",
        "rediss://h?ssl_ca_data=secret",
        "unix:///s?ssl_cert_reqs=none"
      })
  void what_is_not_of_these_forms_is_refused_without_its_secrets(String url) {
    assertThatThrownBy(() -> RedisSettings.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void a_password_does_not_show() {
    assertThat(RedisSettings.parse("redis://u:secret@h/1")).hasToString("redis://u:***@h:6379/1");
  }
}
