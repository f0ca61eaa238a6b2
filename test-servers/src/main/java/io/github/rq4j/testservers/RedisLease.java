package io.github.rq4j.testservers;

/**
 * A database lent to one test class, or that of a server of its own.
 *
 * @param giveBack what makes it available to others again
 */
public record RedisLease(TestRedis redis, Runnable giveBack) implements AutoCloseable {

  /** Gives it back, or ends its server. */
  @Override
  public void close() {
    giveBack.run();
  }
}
