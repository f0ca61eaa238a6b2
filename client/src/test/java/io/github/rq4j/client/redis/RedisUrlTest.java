package io.github.rq4j.client.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisUrlTest {

  @Test
  void what_a_url_leaves_out_has_redis_defaults() {
    assertThat(RedisUrl.parse("redis://localhost"))
        .isEqualTo(new RedisUrl(false, "localhost", 6379, 0, null, null));
  }

  @Test
  void a_full_url_names_tls_user_password_port_and_database() {
    assertThat(RedisUrl.parse("rediss://ann:s%40crt+1@db.example:7000/3"))
        .isEqualTo(new RedisUrl(true, "db.example", 7000, 3, "ann", "s@crt+1"));
  }

  @Test
  void a_password_without_a_user_belongs_to_the_default_user() {
    RedisUrl url = RedisUrl.parse("redis://:secret@localhost/");
    assertThat(url.user()).isNull();
    assertThat(url.password()).isEqualTo("secret");
  }

  @Test
  void an_address_of_ip_version_6_stands_in_brackets() {
    assertThat(RedisUrl.parse("redis://[::1]:6380").host()).isEqualTo("[::1]");
  }

  @Test
  void the_password_is_not_printed() {
    assertThat(RedisUrl.parse("redis://ann:secret@localhost:1/2"))
        .hasToString("redis://ann:***@localhost:1/2");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost,            its scheme is 'http'",
    "localhost:6379,              its scheme is 'localhost'",
    "redis://,                    it is not a URL",
    "redis://host:port,           its host or port is missing or malformed",
    "redis://host:0,              its port 0 is not between 1 and 65535",
    "redis://host:70000,          its port 70000 is not between 1 and 65535",
    "redis://host/zero,           its database 'zero' is not a number",
    "redis://host/-1,             its database is negative",
    "redis://ann@host,            a user without a password",
    "redis://host?db=1,           query options are not supported",
    "redis://:sec ret@host,       it is not a URL",
  })
  void a_malformed_url_is_refused_with_the_reason(String url, String reason) {
    assertThatThrownBy(() -> RedisUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("sec ret");
  }
}
