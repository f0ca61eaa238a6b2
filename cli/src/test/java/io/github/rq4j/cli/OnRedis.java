package io.github.rq4j.cli;

import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.local.LocalRedis;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** Tests of a command inside this JVM, on a server of their own that each finds empty. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnRedis {
  private final LocalRedis redis = LocalRedis.start();
  final RqClient client = RqClient.connect(url());

  final String url() {
    return redis.uri().toString();
  }

  final CommandRun run(String... args) {
    return CommandRun.of(Map.of("RQ_REDIS_URL", url()), args);
  }

  final Reply call(String name, String... args) {
    try (RedisServer server = new RedisServer(RedisSettings.parse(url()))) {
      return server.with(connection -> connection.call(Command.of(name, args)));
    }
  }

  @BeforeEach
  void empty() {
    call("FLUSHALL");
  }

  @AfterAll
  void stop() {
    client.close();
    redis.close();
  }
}
