package io.github.rq4j.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServersTest {

  @Test
  void every_package_of_a_server_is_pinned() {
    assertThat(RedisServers.ofThisProject())
        .isNotEmpty()
        .allSatisfy(
            server ->
                assertThat(server.requirements())
                    .isNotEmpty()
                    .allMatch(requirement -> requirement.matches("[\\w-]+==[\\w.]+")));
  }

  @Test
  void every_server_has_a_name_of_its_own() {
    assertThat(RedisServers.ofThisProject())
        .extracting(RedisServer::name)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("(Redis|Valkey) \\d+\\.\\d+\\.\\d+"));
  }

  @Test
  void two_servers_run_every_day() {
    assertThat(RedisServers.ofThisProject()).filteredOn(RedisServer::everyday).hasSize(2);
  }

  @Test
  void a_server_without_its_program_is_refused(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("servers.toml"),
            "[[server]]\nname = \"Redis 5.0.10\"\npython = \"3.8\"\n");
    assertThatIllegalStateException()
        .isThrownBy(() -> RedisServers.read(file))
        .withMessageContaining("lacks \"program\"");
  }

  @Test
  void a_cell_with_another_redis_py_keeps_the_other_pins() {
    RqCell cell = RqMatrix.ofThisProject().cells().get(0);
    assertThat(cell.withRedisPy("7.4.1").requirements())
        .hasSameSizeAs(cell.requirements())
        .contains("redis==7.4.1", "rq==" + cell.rq());
  }
}
