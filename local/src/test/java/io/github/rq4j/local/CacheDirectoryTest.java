package io.github.rq4j.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheDirectoryTest {

  private static final Path HOME = Path.of("/home/me");

  @Test
  void our_own_variable_is_taken_as_it_is() {
    assertThat(CacheDirectory.of(Map.of("RQ4J_CACHE", "/own", "XDG_CACHE_HOME", "/xdg"), HOME))
        .isEqualTo(Path.of("/own").toAbsolutePath());
  }

  @Test
  void the_desktop_variable_gets_a_directory_of_ours() {
    assertThat(CacheDirectory.of(Map.of("RQ4J_CACHE", "", "XDG_CACHE_HOME", "/xdg"), HOME))
        .isEqualTo(Path.of("/xdg/rq4j").toAbsolutePath());
  }

  @Test
  void without_either_it_lies_in_the_home_directory() {
    assertThat(CacheDirectory.of(Map.of(), HOME))
        .isEqualTo(Path.of("/home/me/.cache/rq4j").toAbsolutePath());
  }
}
