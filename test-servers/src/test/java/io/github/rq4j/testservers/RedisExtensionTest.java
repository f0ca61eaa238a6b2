package io.github.rq4j.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@WithRedis
class RedisExtensionTest {

  private TestRedis before;

  @BeforeEach
  void remember(TestRedis redis) {
    before = redis;
  }

  @RepeatedTest(2)
  void every_test_begins_with_an_empty_database(TestRedis redis) {
    assertThat(redis.command("DBSIZE")).isEqualTo(0L);
    redis.command("SET", "left", "behind");
  }

  @Test
  void all_parameters_of_a_test_are_the_same_database(TestRedis redis) {
    assertThat(redis).isSameAs(before);
  }

  @Test
  void answers_come_as_texts_numbers_lists_and_null(TestRedis redis) {
    List<Object> answers = new ArrayList<>();
    answers.add(redis.command("SET", "key", "wörld"));
    answers.add(redis.command("GET", "key"));
    answers.add(redis.command("RPUSH", "list", "a", "b"));
    answers.add(redis.command("LRANGE", "list", "0", "-1"));
    assertThat(answers).containsExactly("OK", "wörld", 2L, List.of("a", "b"));
    assertThat(redis.command("GET", "missing")).isNull();
  }

  @Test
  void bytes_come_as_they_are(TestRedis redis) {
    redis.command("SETBIT", "key", "0", "1");
    assertThat(redis.bytes("GET", "key")).containsExactly(0x80);
  }

  @Nested
  class A_nested_class {

    @Test
    void shares_the_database_of_the_outer_one(TestRedis redis) {
      assertThat(redis).isSameAs(before);
    }
  }
}
