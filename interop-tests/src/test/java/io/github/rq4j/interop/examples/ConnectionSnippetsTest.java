package io.github.rq4j.interop.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.RqWorker;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;

@WithRedis
class ConnectionSnippetsTest {

  @Test
  void the_files_of_the_example_are_looked_for() {
    assertThatThrownBy(ConnectionSnippets::tls)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/etc/shop/");
  }

  @Test
  void a_worker_takes_settings() {
    try (RqWorker worker = ConnectionSnippets.sentinel(Handlers.builder().build())) {
      assertThat(worker).isNotNull();
    }
  }

  @Test
  void a_client_of_the_application_stays_open(TestRedis redis) {
    try (RedisClient jedis =
        RedisClient.builder()
            .hostAndPort(redis.uri().getHost(), redis.uri().getPort())
            .clientConfig(DefaultJedisClientConfig.builder(redis.uri()).resp2().build())
            .build()) {
      assertThat(ConnectionSnippets.existing(jedis)).isZero();
      assertThat(jedis.ping()).isEqualTo("PONG");
    }
  }
}
