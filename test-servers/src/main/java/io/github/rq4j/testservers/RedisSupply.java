package io.github.rq4j.testservers;

/** Something that gives each test class a database to itself. Thread-safe. */
interface RedisSupply extends AutoCloseable {

  /** A database that is empty and nobody else's until the lease is closed. */
  RedisLease lease();

  /** What serves, for people. */
  String describe();

  @Override
  void close();
}
