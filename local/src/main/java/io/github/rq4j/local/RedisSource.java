package io.github.rq4j.local;

/** Where the program of a {@link LocalRedis} comes from. */
public enum RedisSource {
  /** The binary that the embedded-redis artifact carries for this operating system. */
  BUNDLED,
  /** {@code redis-server}, or else {@code valkey-server}, in a directory of {@code PATH}. */
  PATH
}
