package io.github.rq4j.interop.examples;

import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.JedisConnections;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.client.redis.TlsSettings;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.RqWorker;
import java.nio.file.Path;
import redis.clients.jedis.RedisClient;

/** What docs/connections.md shows. */
final class ConnectionSnippets {
  private ConnectionSnippets() {}

  static RedisSettings tls() {
    // docs:begin connections-tls
    RedisSettings redis =
        RedisSettings.builder("redis://jobs.example:6380/2")
            .login("worker", "secret")
            .tls(
                TlsSettings.builder()
                    .caCertificates(Path.of("/etc/shop/ca.pem"))
                    .clientCertificate(
                        Path.of("/etc/shop/client.pem"), Path.of("/etc/shop/client.key"))
                    .build())
            .clientName("shop")
            .build();
    // docs:end connections-tls
    return redis;
  }

  static RqWorker sentinel(Handlers handlers) {
    // docs:begin connections-sentinel
    RedisSettings redis =
        RedisSettings.sentinel("mymaster", "10.0.0.1", "10.0.0.2:26380").database(1).build();
    RqWorker worker = RqWorker.builder(redis, handlers).queues("default").build();
    // docs:end connections-sentinel
    return worker;
  }

  static long existing(RedisClient jedis) {
    // docs:begin connections-jedis
    try (RqClient client = RqClient.builder(JedisConnections.of(jedis)).build()) {
      return client.queue("default").size();
    }
    // docs:end connections-jedis
  }
}
