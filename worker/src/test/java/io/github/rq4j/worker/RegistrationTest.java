package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisConnection;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.local.LocalRedis;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a server of its own, whose counters are those of this connection. */
final class RegistrationTest {
  private static final Pattern READS = Pattern.compile("total_reads_processed:(\\d+)");
  private static LocalRedis redis;
  private static RedisServer server;

  @BeforeAll
  static void start() {
    redis = LocalRedis.start();
    server = new RedisServer(RedisSettings.parse(redis.uri().toString()));
  }

  @AfterAll
  static void stop() {
    server.close();
    redis.close();
  }

  private static Registration registration() {
    Handlers handlers = Handlers.builder().register("any", () -> 0).build();
    return new Registration(new WorkerConfig(RqWorker.builder(server.settings(), handlers)));
  }

  @Test
  void any_number_of_slots_is_registered_in_two_round_trips() {
    try (RedisConnection connection = server.borrow()) {
      // The server gets to know the script.
      registration().register(connection, List.of("first"));

      long before = reads(connection);
      registration().register(connection, names("w", 8));
      long after = reads(connection);

      // The question of the address, all slots, and that of the counter.
      assertThat(after - before).isEqualTo(2 + 1);
    }
  }

  @Test
  void a_registered_slot_has_started() {
    try (RedisConnection connection = server.borrow()) {
      registration().register(connection, names("s", 2));

      Command state = Command.of("HGET", "rq:worker:s-2", "state");
      assertThat(connection.call(state).asText()).isEqualTo("started");
    }
  }

  private static List<String> names(String prefix, int number) {
    return IntStream.rangeClosed(1, number).mapToObj(i -> prefix + "-" + i).toList();
  }

  private static long reads(RedisConnection connection) {
    String info = String.valueOf(connection.call(Command.of("INFO", "stats")).asText());
    Matcher matcher = READS.matcher(info);
    assertThat(matcher.find()).isTrue();
    return Long.parseLong(matcher.group(1));
  }
}
