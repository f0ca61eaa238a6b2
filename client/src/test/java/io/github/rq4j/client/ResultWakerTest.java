package io.github.rq4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.testservers.Fault;
import io.github.rq4j.testservers.RedisProxy;
import io.github.rq4j.testservers.RedisRequest;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Futures that come while others are waited for. */
@WithRedis
class ResultWakerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration USUAL = Duration.ofMillis(100);
  private static final Duration SHORT = Duration.ofMillis(2);

  private final AtomicInteger unblocks = new AtomicInteger();
  private TestRedis redis;
  private RedisProxy proxy;
  private RedisServer server;
  private ResultWaker waker;

  @BeforeEach
  void connect(TestRedis testRedis) {
    redis = testRedis;
    proxy = RedisProxy.to(redis.uri());
    proxy.each(this::counted);
    server = new RedisServer(RedisSettings.parse(proxy.uri().toString()));
    waker = new ResultWaker(server);
  }

  @AfterEach
  void disconnect() {
    waker.close();
    server.close();
    proxy.close();
    redis.flush();
  }

  private Fault counted(RedisRequest request) {
    if (request.command().equals("CLIENT") && request.argument(1).equals("UNBLOCK")) {
      unblocks.incrementAndGet();
    }
    return Fault.NONE;
  }

  @Test
  void a_future_that_comes_while_another_is_waited_for_ends_the_wait() {
    redis.command("HSET", "rq:job:j", "status", "started", "data", "x");
    try (RqClient client = RqClient.connect(proxy.uri().toString())) {
      CompletableFuture<?> first = client.job("j").resultAsync(PATIENCE);
      await()
          .until(
              () -> {
                // One that comes between two waits needs not end any.
                assertThat(client.job("j").resultAsync(PATIENCE)).isNotDone();
                return unblocks.get() > 0;
              });
      redis.command("XADD", "rq:results:j", "*", "type", "1", "return_value", "STUKLg==");
      assertThat(first).succeedsWithin(PATIENCE).isEqualTo(5L);
    }
  }

  @Test
  void a_wait_without_end_is_ended_and_once_for_all_that_come() {
    try (RedisConnection connection = server.open()) {
      waker.watch(connection);
      assertThat(waker.begin(USUAL, 1)).isEqualTo(USUAL);
      Command endless = Command.of("XREAD", "BLOCK", "0", "STREAMS", "rq:results:none", "0-0");
      CompletableFuture<Reply> wait =
          CompletableFuture.supplyAsync(() -> connection.callBlocking(endless, PATIENCE));
      for (int i = 0; i < 1_000; i++) {
        waker.wake();
      }
      assertThat(wait).succeedsWithin(PATIENCE).isEqualTo(new Reply(null));
      assertThat(unblocks).hasValueBetween(1, 5);
    }
  }

  @Test
  void behind_a_wait_that_was_ended_comes_a_short_one_that_is_not() {
    try (RedisConnection connection = server.open()) {
      waker.watch(connection);
      Duration unused = waker.begin(USUAL, 1);
      waker.wake();
      waker.end();
      waker.seen();
      assertThat(waker.begin(USUAL, 1)).isEqualTo(SHORT);
      waker.wake();
      waker.end();
      assertThat(waker.begin(USUAL, 1_000)).as("for what came").isGreaterThan(SHORT);
      waker.end();
      waker.seen();
      assertThat(waker.begin(USUAL, 1)).isEqualTo(USUAL);
      assertThat(unblocks).hasValueLessThanOrEqualTo(1);
    }
  }

  @Test
  void a_server_that_does_not_tell_the_connection_is_waited_for_as_usual() {
    redis.command("ACL", "SETUSER", "nobody", "on", ">secret", "~*", "+@all", "-client");
    try (RedisServer forbidding = server("nobody:secret");
        RedisConnection connection = forbidding.open()) {
      waker.watch(connection);
      waker.wake();
      assertThat(waker.begin(USUAL, 1)).isEqualTo(USUAL);
      waker.wake();
      waker.end();
      assertThat(waker.begin(USUAL, 1)).isEqualTo(USUAL);
      assertThat(unblocks).hasValue(0);
    } finally {
      redis.command("ACL", "DELUSER", "nobody");
    }
  }

  @Test
  void a_server_that_does_not_let_waits_be_ended_is_asked_once() {
    redis.command(
        "ACL", "SETUSER", "asker", "on", ">secret", "~*", "+@all", "-client", "+client|id");
    try (RedisServer forbidding = server("asker:secret");
        RedisConnection connection = forbidding.open();
        ResultWaker refused = new ResultWaker(forbidding)) {
      refused.watch(connection);
      Duration unused = refused.begin(USUAL, 1);
      refused.wake();
      await()
          .until(
              () -> {
                refused.end();
                refused.wake();
                return refused.begin(USUAL, 1).equals(USUAL) && unblocks.get() == 1;
              });
      refused.wake();
      refused.end();
      assertThat(refused.begin(USUAL, 1)).isEqualTo(USUAL);
      assertThat(unblocks).hasValue(1);
    } finally {
      redis.command("ACL", "DELUSER", "asker");
    }
  }

  private RedisServer server(String login) {
    URI uri = proxy.uri();
    String address = uri.getHost() + ":" + uri.getPort() + uri.getPath();
    return new RedisServer(RedisSettings.parse("redis://" + login + "@" + address));
  }
}
