package io.github.rq4j.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisProgramTest {

  @TempDir Path directory;

  @Test
  void the_first_source_that_runs_wins() throws IOException {
    program("redis-server", "echo 'Redis server v=9.8.7 sha=0 malloc=libc'");
    RedisProgram found = find(RedisSource.PATH, RedisSource.BUNDLED);
    assertThat(found.version()).isEqualTo("9.8.7");
    assertThat(found.description())
        .isEqualTo("redis-server 9.8.7 on PATH (" + directory.resolve("redis-server") + ")");
  }

  @Test
  void a_program_that_does_not_run_gives_way_to_the_next_source() throws IOException {
    program("redis-server", "echo 'libssl.so.3: cannot open shared object file' >&2; exit 127");
    assertThat(find(RedisSource.PATH, RedisSource.BUNDLED).description())
        .startsWith("embedded redis-server");
  }

  @Test
  void valkey_serves_where_redis_is_missing() throws IOException {
    program("valkey-server", "echo 'Valkey server v=8.1.0 sha=0'");
    assertThat(find(RedisSource.PATH).description()).startsWith("valkey-server 8.1.0 on PATH");
  }

  @Test
  void without_any_server_the_message_says_what_was_tried_and_what_to_install() {
    assertThatExceptionOfType(RedisUnavailableException.class)
        .isThrownBy(() -> find(RedisSource.PATH))
        .withMessageContaining("neither redis-server nor valkey-server is on PATH")
        .withMessageContaining("apt-get install redis-server");
  }

  @Test
  void a_program_that_is_named_is_the_only_one_tried() throws IOException {
    program("redis-server", "echo 'Redis server v=9.8.7'");
    program("other", "echo 'Redis server v=5.0.10'");
    assertThat(named("other").description())
        .isEqualTo("other 5.0.10 as told (" + directory.resolve("other") + ")");
    assertThatExceptionOfType(RedisUnavailableException.class)
        .isThrownBy(() -> named("missing"))
        .withMessageContaining("RQ4J_REDIS_PROGRAM");
  }

  private RedisProgram named(String name) {
    return RedisProgram.find(
        directory.resolve(name),
        List.of(RedisSource.PATH),
        SearchPath.of(directory.toString()),
        directory.resolve("cache"));
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64",
    "Linux, aarch64",
    "Linux, i386",
    "Mac OS X, x86_64",
    "Mac OS X, aarch64",
    "Windows 11, amd64"
  })
  void the_artifact_has_the_files_named_for_each_machine(String os, String arch) {
    assertThat(BundledRedis.forMachine(os, arch))
        .isNotEmpty()
        .allMatch(BundledRedis::isPresent, "is in the artifact");
  }

  @Test
  void a_machine_without_a_bundled_server_has_none() {
    assertThat(BundledRedis.forMachine("Linux", "s390x")).isEmpty();
  }

  private RedisProgram find(RedisSource... sources) {
    return RedisProgram.find(
        null, List.of(sources), SearchPath.of(directory.toString()), directory.resolve("cache"));
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
