package io.github.rq4j.testservers;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The numbered databases of one server, lent to one test class each. Thread-safe. */
final class DatabasePool {

  private final URI server;
  private final String description;
  private final SortedSet<Integer> free = new TreeSet<>();

  /**
   * @param server its address without a database
   * @param numbers the databases that may be lent
   */
  DatabasePool(URI server, String description, List<Integer> numbers) {
    this.server = server;
    this.description = description;
    this.free.addAll(numbers);
  }

  /**
   * Lends the first database that is free and holds no key. Others stay as they are: what is in
   * them is not ours.
   *
   * @throws IllegalStateException if there is none
   */
  synchronized RedisLease lease() {
    List<String> taken = new ArrayList<>();
    for (int number : free) {
      TestRedis redis = new TestRedis(uri(number), description + ", database " + number);
      if (Long.valueOf(0).equals(redis.command("DBSIZE"))) {
        free.remove(number);
        return new RedisLease(redis, () -> giveBack(number, redis));
      }
      taken.add("database " + number + " holds keys");
    }
    throw new IllegalStateException(
        "no empty database is left on "
            + description
            + (taken.isEmpty() ? "; all are lent to other test classes" : ": " + taken)
            + ". Tests remove all keys of the databases they use, so they only use empty ones");
  }

  private void giveBack(int number, TestRedis redis) {
    redis.flush();
    synchronized (this) {
      free.add(number);
    }
  }

  private URI uri(int number) {
    return server.resolve("/" + number);
  }
}
