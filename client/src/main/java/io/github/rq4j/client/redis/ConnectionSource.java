package io.github.rq4j.client.redis;

import redis.clients.jedis.Connection;

/** Where connections come from. Safe for use by many threads. */
interface ConnectionSource extends AutoCloseable {
  /** A connection for a short call; its {@code close} gives it back. */
  Connection borrow();

  /** A connection for long waits; its {@code close} ends it, or gives it back. */
  Connection open();

  /** Throws away what is idle: the server may have gone, or is no longer the one to talk to. */
  void forgetIdle();

  @Override
  void close();
}
