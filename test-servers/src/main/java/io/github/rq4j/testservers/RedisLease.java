package io.github.rq4j.testservers;

/**
 * A database lent to one test class.
 *
 * @param giveBack what makes it available to others again
 */
record RedisLease(TestRedis redis, Runnable giveBack) implements AutoCloseable {

  @Override
  public void close() {
    giveBack.run();
  }
}
