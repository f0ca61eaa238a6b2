package io.github.rq4j.cli.bench;

import io.github.rq4j.client.RqException;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.client.wire.Keys;
import java.time.Duration;

/**
 * The least that can lie between a client and a result: an id in a list, and a thread that waits
 * for it and at once writes an entry of a stream, without any of RQ's data. Three commands, and
 * each side is asleep until the other one has something for it. For one thread, besides its own.
 */
final class BareExchange implements AutoCloseable {
  private static final String LIST = "bench-bare";
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final Duration END = Duration.ofSeconds(10);

  private final RedisServer server;
  private final RedisConnection client;
  private final RedisConnection worker;
  private final Thread thread = new Thread(this::work, "rq4j-bench-bare");
  private volatile boolean closed;
  private long sent;

  /** Starts the thread that answers. */
  BareExchange(String redis) {
    server = new RedisServer(RedisSettings.parse(redis));
    client = server.open();
    worker = server.open();
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Asks for an entry in the stream where a job of this id would have its results.
   *
   * @return the id
   */
  String send() {
    String id = "bare-" + sent++;
    client.call(Command.of("RPUSH", LIST, id));
    return id;
  }

  private void work() {
    Command take = Command.of("BLPOP", LIST, Long.toString(WAIT.toSeconds()));
    try {
      while (!closed) {
        worker.callBlocking(take, WAIT).asTexts().stream()
            .skip(1) // the list's name
            .forEach(id -> worker.call(Command.of("XADD", Keys.results(id), "*", "type", "1")));
      }
    } catch (RqException e) {
      if (!closed) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    worker.abort();
    client.close();
    server.close();
    try {
      thread.join(END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
