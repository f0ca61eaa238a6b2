package io.github.rq4j.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalRedisTest {

  @ParameterizedTest
  @EnumSource(RedisSource.class)
  void a_server_of_each_source_answers(RedisSource source) throws IOException {
    try (LocalRedis redis = LocalRedis.builder().sources(source).start()) {
      assertThat(ask(redis, "PING")).isEqualTo("+PONG\r\n");
      assertThat(ask(redis, "INFO server")).contains("redis_version:" + redis.version());
    }
  }

  @Test
  void the_uri_names_the_loopback_port() {
    try (LocalRedis redis = LocalRedis.start()) {
      assertThat(redis.uri()).hasToString("redis://127.0.0.1:" + redis.port());
    }
  }

  @Test
  void the_bundled_server_is_preferred_and_says_so() {
    try (LocalRedis redis = LocalRedis.start()) {
      assertThat(redis.describe()).isEqualTo("embedded redis-server " + redis.version());
    }
  }

  @Test
  void a_program_that_is_named_is_the_one_that_runs() {
    Path none = Path.of("no-such-redis-server");
    assertThatExceptionOfType(RedisUnavailableException.class)
        .isThrownBy(() -> LocalRedis.builder().program(none).start())
        .withMessageContaining("no-such-redis-server");
  }

  @Test
  void two_servers_live_side_by_side() throws IOException {
    try (LocalRedis one = LocalRedis.start();
        LocalRedis other = LocalRedis.start()) {
      ask(one, "SET key value");
      assertThat(ask(other, "GET key")).isEqualTo("$-1\r\n");
    }
  }

  @Test
  void a_killed_server_comes_back_empty_on_the_same_port() throws IOException {
    try (LocalRedis redis = LocalRedis.start()) {
      int port = redis.port();
      ask(redis, "SET key value");
      redis.kill();
      assertThat(redis.isRunning()).isFalse();
      redis.restart();
      assertThat(redis.port()).isEqualTo(port);
      assertThat(ask(redis, "GET key")).isEqualTo("$-1\r\n");
    }
  }

  @Test
  void a_server_told_to_keep_its_data_has_it_after_a_kill() throws IOException {
    try (LocalRedis redis =
        LocalRedis.builder().arguments("--appendonly", "yes", "--appendfsync", "always").start()) {
      ask(redis, "SET key value");
      redis.kill();
      redis.restart();
      assertThat(ask(redis, "GET key")).isEqualTo("$5\r\nvalue\r\n");
    }
  }

  @Test
  void a_stopped_server_refuses_connections() {
    try (LocalRedis redis = LocalRedis.start()) {
      redis.stop();
      assertThat(redis.isRunning()).isFalse();
      assertThatThrownBy(() -> ask(redis, "PING")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_server_that_wants_a_password_is_started_too() throws IOException {
    try (LocalRedis redis = LocalRedis.builder().arguments("--requirepass", "secret").start()) {
      assertThat(ask(redis, "PING")).startsWith("-NOAUTH");
    }
  }

  @Test
  void closing_leaves_no_process_and_no_directory() {
    LocalRedis redis = LocalRedis.start();
    Path directory = redis.directory();
    assertThat(directory).exists();
    redis.close();
    redis.close();
    assertThat(redis.isRunning()).isFalse();
    assertThat(directory).doesNotExist();
  }

  @Test
  void a_program_that_forgets_to_close_leaves_no_server_and_no_directory() {
    CommandResult result =
        BoundedCommand.run(
            new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ForgetfulProgram.class.getName()),
            Duration.ofSeconds(60));
    assertThat(result.exitCode()).as(result.stderr()).isZero();
    List<String> lines = result.stdout().lines().toList();
    int port = Integer.parseInt(lines.get(0));
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(IOException.class);
    assertThat(Path.of(lines.get(1))).doesNotExist();
  }

  @Test
  void a_closed_server_is_not_started_again() {
    LocalRedis redis = LocalRedis.start();
    redis.close();
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(redis::restart);
  }

  @Test
  void a_server_that_cannot_start_is_reported_with_its_last_words() {
    LocalRedis.Builder builder = LocalRedis.builder().arguments("--no-such-option", "1");
    assertThatExceptionOfType(RedisUnavailableException.class)
        .isThrownBy(builder::start)
        .withMessageContaining("no-such-option");
  }

  @Test
  void the_bundled_server_is_unpacked_anew_when_the_cached_file_is_damaged(@TempDir Path cache)
      throws IOException {
    BundledRedis bundled = BundledRedis.forThisMachine().get(0);
    Path file = bundled.unpack(cache);
    long size = Files.size(file);
    Files.writeString(file, "half of it");
    assertThat(bundled.unpack(cache)).isEqualTo(file);
    assertThat(file).hasSize(size).isExecutable();
  }

  private static String ask(LocalRedis redis, String command) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
      socket.setSoTimeout(5_000);
      socket
          .getOutputStream()
          .write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.substring(0, answer.length() - "+OK\r\n".length());
    }
  }
}
