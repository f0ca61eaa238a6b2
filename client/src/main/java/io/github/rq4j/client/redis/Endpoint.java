package io.github.rq4j.client.redis;

import java.util.List;
import java.util.stream.Collectors;

/** Where a Redis server is found. */
sealed interface Endpoint {

  /** A server on the network. */
  record Tcp(String host, int port) implements Endpoint {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /** A server on this machine, by its socket in the file system. */
  record Unix(String path) implements Endpoint {
    @Override
    public String toString() {
      return path;
    }
  }

  /** The primary that sentinels know under a name. */
  record Sentinels(String primary, List<Tcp> sentinels) implements Endpoint {
    public Sentinels {
      sentinels = List.copyOf(sentinels);
    }

    @Override
    public String toString() {
      return sentinels.stream().map(Tcp::toString).collect(Collectors.joining(",")) + "/" + primary;
    }
  }
}
