package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;

/**
 * A database of a server of the user's. It has to be empty at the beginning, is emptied between
 * measurements, and left empty; jobs are enqueued anew each time.
 */
final class GivenRedis implements BenchRedis {
  private final String url;
  private final Producers producers;
  private final RedisServer server;

  private GivenRedis(String url, Producers producers, RedisServer server) {
    this.url = url;
    this.producers = producers;
    this.server = server;
  }

  /**
   * A database.
   *
   * @throws CommandFailure if there is anything in it
   */
  static GivenRedis open(String url, Producers producers) {
    RedisServer server = new RedisServer(RedisSettings.parse(url));
    long keys = server.with(connection -> connection.call(Command.of("DBSIZE"))).asLong();
    if (keys != 0) {
      server.close();
      throw CommandFailure.misuse(
          "--url: the database has "
              + keys
              + " keys; the benchmark empties its database again and again, so it takes only one"
              + " that is empty: name another one, as redis://host/15");
    }
    return new GivenRedis(url, producers, server);
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public String describe() {
    return server.settings().toString();
  }

  @Override
  public void fill(Workload workload) throws InterruptedException {
    empty();
    producers.enqueue(url, workload);
  }

  @Override
  public void empty() {
    server.with(connection -> connection.call(Command.of("FLUSHDB")));
  }

  @Override
  public void close() {
    empty();
    server.close();
  }
}
