package io.github.rq4j.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisResolutionTest {

  private final Map<RedisMode, Supplier<RedisSupply>> ways = new EnumMap<>(RedisMode.class);
  private final List<RedisMode> tried = new ArrayList<>();
  private final List<String> announced = new ArrayList<>();

  @BeforeEach
  void every_way_is_closed() {
    for (RedisMode mode : RedisMode.values()) {
      ways.put(
          mode,
          () -> {
            tried.add(mode);
            throw RedisNotAvailableException.tryNext("not here", null);
          });
    }
  }

  @Test
  void the_first_open_way_is_taken_and_no_later_one_is_tried() {
    open(RedisMode.PATH);
    open(RedisMode.EMBEDDED);
    assertThat(resolve().describe()).isEqualTo("PATH");
    assertThat(tried).containsExactly(RedisMode.URL, RedisMode.DOCKER, RedisMode.PATH);
  }

  @Test
  void what_is_taken_is_announced_with_the_reasons_against_those_before_it() {
    open(RedisMode.PATH);
    resolve();
    assertThat(announced)
        .containsExactly("Redis for tests: PATH (not taken: url: not here; docker: not here)");
  }

  @Test
  void the_order_is_url_docker_path_embedded() {
    open(RedisMode.EMBEDDED);
    assertThat(resolve().describe()).isEqualTo("EMBEDDED");
    assertThat(tried)
        .containsExactly(RedisMode.URL, RedisMode.DOCKER, RedisMode.PATH, RedisMode.EMBEDDED);
  }

  @Test
  void a_forced_way_is_the_only_one_tried() {
    open(RedisMode.EMBEDDED);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> new RedisResolution(ways, announced::add).resolve(RedisMode.DOCKER))
        .withMessageContaining("rq4j.test.redis=docker demands")
        .withMessageContaining("docker: not here");
    assertThat(tried).containsExactly(RedisMode.DOCKER);
  }

  @Test
  void a_named_server_that_fails_is_not_replaced_by_another() {
    open(RedisMode.EMBEDDED);
    ways.put(
        RedisMode.URL,
        () -> {
          throw RedisNotAvailableException.giveUp("refused", null);
        });
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(this::resolve)
        .withMessageContaining("url: refused");
    assertThat(tried).isEmpty();
  }

  @Test
  void without_any_way_the_message_gives_every_reason_and_what_to_do() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(this::resolve)
        .withMessageContaining(
            "url: not here; docker: not here; path: not here; embedded: not here")
        .withMessageContaining("Install redis-server, start Docker, or set RQ4J_TEST_REDIS_URL");
  }

  private RedisSupply resolve() {
    return new RedisResolution(ways, announced::add).resolve(null);
  }

  private void open(RedisMode mode) {
    ways.put(
        mode,
        () -> {
          tried.add(mode);
          return new NamedSupply(mode.name());
        });
  }

  private record NamedSupply(String describe) implements RedisSupply {
    @Override
    public RedisLease lease() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
