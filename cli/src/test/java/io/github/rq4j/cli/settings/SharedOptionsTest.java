package io.github.rq4j.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class SharedOptionsTest {
  @TempDir private Path directory;

  private static Console console(Map<String, String> environment) {
    PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true);
    return new Console(nowhere, nowhere, environment);
  }

  private static SharedOptions options(String... args) {
    SharedOptions options = new SharedOptions();
    CommandLine.populateCommand(options, args);
    return options;
  }

  private static String redis(Map<String, String> environment, String... args) {
    return options(args).redis(console(environment)).toString();
  }

  private String file(String toml) throws IOException {
    return Files.writeString(directory.resolve("settings.toml"), toml).toString();
  }

  @Test
  void without_anything_redis_is_on_this_machine() {
    assertThat(redis(Map.of())).isEqualTo("redis://localhost:6379/0");
  }

  @Test
  void an_empty_variable_counts_as_absent() {
    assertThat(redis(Map.of("RQ_REDIS_URL", "", "REDIS_HOST", "", "RQ4J_CONFIG", "")))
        .isEqualTo("redis://localhost:6379/0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://localhost?db=3&socket_timeout=5",
        "rediss://localhost?ssl_cert_reqs=none",
        "unix:///run/redis.sock?db=1",
        "redis+sentinel://a:26379,b/mymaster/2"
      })
  void every_form_of_url_is_accepted(String url) {
    assertThat(redis(Map.of(), "--url", url)).isEqualTo(RedisSettings.parse(url).toString());
  }

  @Test
  void the_option_wins_over_all() throws IOException {
    String file = file("REDIS_URL = 'redis://file'");

    assertThat(redis(Map.of("RQ_REDIS_URL", "redis://rq"), "-u", "redis://option", "-c", file))
        .isEqualTo("redis://option:6379/0");
  }

  @Test
  void rq_redis_url_wins_over_the_file() throws IOException {
    String file = file("REDIS_URL = 'redis://file'");

    assertThat(redis(Map.of("RQ_REDIS_URL", "redis://rq"), "-c", file))
        .isEqualTo("redis://rq:6379/0");
  }

  @Test
  void the_file_wins_over_the_rest_of_the_environment() throws IOException {
    String file = file("REDIS_HOST = 'file'\nREDIS_PORT = 6380\nREDIS_DB = 2");

    assertThat(redis(Map.of("REDIS_URL", "redis://url", "REDIS_DB", "5"), "-c", file))
        .isEqualTo("redis://file:6380/2");
  }

  @Test
  void a_file_that_does_not_speak_of_redis_leaves_it_to_the_environment() throws IOException {
    String file = file("QUEUES = ['high', 'low']\nSENTRY_DSN = 'x'");

    assertThat(redis(Map.of("REDIS_HOST", "host"), "-c", file)).isEqualTo("redis://host:6379/0");
  }

  @Test
  void the_environment_can_name_the_file() throws IOException {
    String file = file("REDIS_URL = 'redis://file'");

    assertThat(redis(Map.of("RQ4J_CONFIG", file))).isEqualTo("redis://file:6379/0");
  }

  @Test
  void a_password_is_used_and_not_shown() {
    Map<String, String> environment =
        Map.of("REDIS_HOST", "::1", "REDIS_PASSWORD", "p@ss/wörd", "REDIS_SSL", "True");

    assertThat(redis(environment)).isEqualTo("rediss://:***@[::1]:6379/0");
  }

  @Test
  void sentinels_stand_in_a_table() throws IOException {
    String file =
        file(
            """
            [SENTINEL]
            INSTANCES = [["a", 26379], ["b", 26380]]
            MASTER_NAME = "shop"
            DB = 3
            PASSWORD = "secret"
            SOCKET_TIMEOUT = 0.5
            SENTINEL_KWARGS = { password = "other" }
            """);

    assertThat(redis(Map.of(), "-c", file))
        .startsWith("redis+sentinel://:***@")
        .contains("a", "b", "shop")
        .endsWith("/3");
  }

  @Test
  void the_file_names_a_worker_and_its_queues() throws IOException {
    String file = file("QUEUES = ['high', 'low']\nNAME = 'w1'");

    assertThat(options("-c", file).workerDefaults(console(Map.of())))
        .isEqualTo(new WorkerDefaults(file, "w1", List.of("high", "low")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUEUES = 'high'", "QUEUES = []", "QUEUES = [1]", "QUEUES = ['a', '']"})
  void queues_that_are_no_texts_are_a_misuse(String toml) throws IOException {
    String file = file(toml);

    assertThatThrownBy(() -> options("-c", file).workerDefaults(console(Map.of())))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(file + ": QUEUES must be an array of texts, with one at least");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "REDIS_HSOT = 'x' | there is no setting REDIS_HSOT",
        "REDIS_HOST = ['x'] | REDIS_HOST must be a single value",
        "REDIS_SSL = 'maybe' | REDIS_SSL must be true or false, not 'maybe'",
        "REDIS_URL = 'http://:secret@host' | REDIS_URL: ",
        "REDIS_PORT = 'x' | REDIS_HOST, REDIS_PORT",
        "REDIS_HOST = | line 1: ",
        "SENTINEL = 1 | SENTINEL must be a table",
        "SENTINEL = {MASTER = 'x'} | there is no setting MASTER in SENTINEL",
        "SENTINEL = {INSTANCES = ['x']} | INSTANCES must be an array of pairs",
        "SENTINEL = {DB = 'x'} | DB must be a number",
      })
  void a_file_that_is_not_understood_is_a_misuse(String toml, String message) throws IOException {
    String file = file(toml);

    assertThatThrownBy(() -> redis(Map.of(), "-c", file))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("settings.toml: ")
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret");
  }

  @Test
  void a_file_that_is_not_there_is_a_misuse() {
    assertThatThrownBy(() -> redis(Map.of(), "-c", "/no/such.toml"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("/no/such.toml cannot be read (NoSuchFileException)");
  }

  @Test
  void serializers_have_the_names_of_rq() {
    assertThat(options().serializer()).isInstanceOf(PickleSerializer.class);
    assertThat(options("-S", "json").serializer()).isInstanceOf(JsonSerializer.class);
    assertThat(options("-S", "rq.serializers.JSONSerializer").serializer())
        .isInstanceOf(JsonSerializer.class);
    assertThatThrownBy(() -> options("-S", "yaml").serializer())
        .isInstanceOf(CommandFailure.class)
        .hasMessage("--serializer must be pickle or json, not 'yaml'");
  }
}
