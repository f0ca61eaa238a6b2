package io.github.rq4j.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.rq4j.local.LocalRedis;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UrlRedisTest {

  private static LocalRedis server;

  @BeforeAll
  static void start() {
    server = LocalRedis.builder().arguments("--databases", "4").start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void empty_the_server() {
    database(0).command("FLUSHALL");
  }

  @Test
  void classes_get_different_databases() {
    RedisSupply supply = UrlRedis.connect(server.uri().toString());
    try (RedisLease one = supply.lease();
        RedisLease other = supply.lease()) {
      one.redis().command("SET", "key", "value");
      assertThat(other.redis().command("GET", "key")).isNull();
    }
  }

  @Test
  void a_database_that_holds_keys_is_passed_over_and_keeps_them() {
    database(0).command("SET", "precious", "data");
    RedisSupply supply = UrlRedis.connect(server.uri().toString());
    try (RedisLease lease = supply.lease()) {
      assertThat(lease.redis().uri().getPath()).isEqualTo("/1");
      lease.redis().flush();
    }
    assertThat(database(0).command("GET", "precious")).isEqualTo("data");
  }

  @Test
  void a_named_database_that_holds_keys_is_refused_and_keeps_them() {
    database(2).command("SET", "precious", "data");
    RedisSupply supply = UrlRedis.connect(server.uri() + "/2");
    assertThatIllegalStateException()
        .isThrownBy(supply::lease)
        .withMessageContaining("database 2 holds keys");
    assertThat(database(2).command("GET", "precious")).isEqualTo("data");
  }

  @Test
  void a_named_database_is_lent_to_one_class_at_a_time() {
    RedisSupply supply = UrlRedis.connect(server.uri() + "/3");
    RedisLease lease = supply.lease();
    assertThat(lease.redis().uri()).isEqualTo(server.uri().resolve("/3"));
    assertThatIllegalStateException().isThrownBy(supply::lease).withMessageContaining("lent");
    lease.redis().command("SET", "key", "value");
    lease.close();
    try (RedisLease next = supply.lease()) {
      assertThat(next.redis().command("DBSIZE")).isEqualTo(0L);
    }
  }

  @Test
  void a_server_that_does_not_answer_ends_the_search() {
    LocalRedis stopped = LocalRedis.start();
    stopped.close();
    assertThatExceptionOfType(RedisNotAvailableException.class)
        .isThrownBy(() -> UrlRedis.connect(stopped.uri().toString()))
        .matches(RedisNotAvailableException::isFinal, "is final");
  }

  @Test
  void what_is_no_url_is_refused_without_repeating_it() {
    assertThatExceptionOfType(RedisNotAvailableException.class)
        .isThrownBy(() -> UrlRedis.connect("redis://:se cret@example"))
        .withMessageContaining("is no URL")
        .satisfies(refusal -> assertThat(refusal).hasMessageNotContaining("cret"));
  }

  private static TestRedis database(int number) {
    return new TestRedis(URI.create(server.uri() + "/" + number), "a database of the test");
  }
}
