package io.github.rq4j.client.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RedisUnavailableException;
import io.github.rq4j.local.LocalRedis;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithRedis
class PendingRepliesTest {
  private static final Script UNKNOWN = Script.load(PendingRepliesTest.class, "answer.lua");

  private RedisServer server;
  private RedisConnection connection;

  @BeforeEach
  void connect(TestRedis redis) {
    server = new RedisServer(RedisSettings.parse(redis.uri().toString()));
    connection = server.open();
  }

  @AfterEach
  void close() {
    connection.close();
    server.close();
  }

  @Test
  void commands_are_sent_before_the_replies_to_others_were_read() {
    PendingReplies first = connection.send(List.of(Command.of("SET", "k", "1")));
    PendingReplies second =
        connection.send(List.of(Command.of("INCR", "k"), Command.of("INCR", "k")));

    assertThat(first.await().get(0).asText()).isEqualTo("OK");
    assertThat(second.await()).extracting(Reply::asLong).containsExactly(2L, 3L);
  }

  @Test
  void replies_may_be_asked_for_in_another_order() {
    PendingReplies first = connection.send(List.of(Command.of("ECHO", "first")));
    PendingReplies second = connection.send(List.of(Command.of("ECHO", "second")));

    assertThat(second.await().get(0).asText()).isEqualTo("second");
    assertThat(first.await().get(0).asText()).isEqualTo("first");
  }

  @Test
  void a_call_in_between_gets_its_own_reply() {
    PendingReplies pending = connection.send(List.of(Command.of("ECHO", "pending")));

    assertThat(connection.call(Command.of("ECHO", "own")).asText()).isEqualTo("own");
    assertThat(pending.await().get(0).asText()).isEqualTo("pending");
  }

  @Test
  void an_unknown_script_is_sent_again_behind_what_is_under_way() {
    try (LocalRedis fresh = LocalRedis.builder().start();
        RedisServer knowsNothing = new RedisServer(RedisSettings.parse(fresh.uri().toString()));
        RedisConnection open = knowsNothing.open()) {
      PendingReplies script = open.send(List.of(UNKNOWN.call(List.of()).add("7")));
      PendingReplies behind = open.send(List.of(Command.of("ECHO", "behind")));

      assertThat(script.await().get(0).asText()).isEqualTo("7");
      assertThat(behind.await().get(0).asText()).isEqualTo("behind");
    }
  }

  @Test
  void an_error_is_the_reply_of_its_command_alone() {
    PendingReplies pending =
        connection.send(List.of(Command.of("NONSENSE"), Command.of("ECHO", "next")));

    List<Reply> replies = pending.await();

    assertThatThrownBy(replies.get(0)::orThrow).isInstanceOf(RedisCommandException.class);
    assertThat(replies.get(1).asText()).isEqualTo("next");
  }

  @Test
  void replies_are_given_away_as_they_come() {
    List<String> texts = new ArrayList<>();
    connection
        .send(List.of(Command.of("ECHO", "a"), Command.of("ECHO", "b")))
        .forEach(reply -> texts.add(reply.asText()));

    assertThat(texts).containsExactly("a", "b");
  }

  @Test
  void all_that_was_under_way_fails_when_the_connection_is_lost() {
    PendingReplies first = connection.send(List.of(Command.of("BLPOP", "none", "0")));
    PendingReplies second = connection.send(List.of(Command.of("ECHO", "second")));
    connection.abort();

    assertThatThrownBy(first::await).isInstanceOf(RedisUnavailableException.class);
    assertThatThrownBy(second::await).isInstanceOf(RedisUnavailableException.class);
  }

  @Test
  void a_connection_with_unread_replies_does_not_go_back_to_the_pool() {
    RedisConnection borrowed = server.borrow();
    PendingReplies unread = borrowed.send(List.of(Command.of("ECHO", "unread")));
    borrowed.close();

    assertThat(server.with(other -> other.call(Command.of("ECHO", "own"))).asText())
        .isEqualTo("own");
    assertThatThrownBy(unread::await).isInstanceOf(RedisUnavailableException.class);
  }
}
