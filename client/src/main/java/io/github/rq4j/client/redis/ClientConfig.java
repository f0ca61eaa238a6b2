package io.github.rq4j.client.redis;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

/** What settings mean to Jedis, apart from the socket. */
final class ClientConfig {
  private ClientConfig() {}

  static JedisClientConfig of(RedisSettings settings) {
    DefaultJedisClientConfig.Builder config = builder(settings).database(settings.database());
    login(config, settings.user(), settings.password());
    return config.build();
  }

  static DefaultJedisClientConfig.Builder builder(RedisSettings settings) {
    return DefaultJedisClientConfig.builder()
        // No HELLO, which servers before 6.0 do not know: they all begin with RESP2.
        .serverDefaultProtocol()
        .connectionTimeoutMillis((int) settings.connectTimeout().toMillis())
        .socketTimeoutMillis((int) settings.timeout().toMillis())
        // Saves two commands per connection and works under access lists without CLIENT.
        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
  }

  static void login(
      DefaultJedisClientConfig.Builder config, @Nullable String user, @Nullable String password) {
    if (user != null) {
      config.user(user);
    }
    if (password != null) {
      config.password(password);
    }
  }
}
