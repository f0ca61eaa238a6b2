package io.github.rq4j.cli.settings;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.codec.Serializer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that every command has which talks to Redis, named as those of {@code rq}. Redis is
 * where the first of these says that is there: {@code --url}, {@code RQ_REDIS_URL}, the settings
 * file, {@code REDIS_URL} and the other {@code REDIS_*} in the environment.
 */
public final class SharedOptions {
  private static final String CONFIG_VARIABLE = "RQ4J_CONFIG";

  @Option(
      names = {"-u", "--url"},
      paramLabel = "URL",
      description =
          "Redis, such as redis://localhost:6379/0. Default: RQ_REDIS_URL, the settings file,"
              + " REDIS_URL, or REDIS_HOST and the other REDIS_* in the environment.")
  private @Nullable String url;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "Settings in TOML under the names of RQ's settings module, such as REDIS_URL."
              + " Default: RQ4J_CONFIG from the environment.")
  private @Nullable Path config;

  @Option(
      names = {"-S", "--serializer"},
      paramLabel = "NAME",
      description = "What the queues' producers use: pickle or json. Default: pickle.")
  private @Nullable String serializer;

  private @Nullable SettingsFile file;

  /** The options, not given yet. */
  public SharedOptions() {}

  /**
   * Where Redis is.
   *
   * @throws CommandFailure if what was found is not understood; the text holds no password
   */
  public RedisSettings redis(Console console) {
    if (url != null) {
      return NamedSettings.parsed("--url", url);
    }
    String variable = console.environment().getOrDefault("RQ_REDIS_URL", "");
    if (!variable.isEmpty()) {
      return NamedSettings.parsed("RQ_REDIS_URL", variable);
    }
    SettingsFile settings = file(console);
    if (settings == null || !settings.namesRedis()) {
      return new NamedSettings("", console.environment()::get).redis();
    }
    SentinelTable sentinel = new SentinelTable(settings);
    boolean hasUrl = settings.text("REDIS_URL") != null;
    return sentinel.isPresent() && !hasUrl
        ? sentinel.settings()
        : new NamedSettings(settings + ": ", settings::text).redis();
  }

  /** A client for that Redis and serializer, to be closed by the caller. */
  public RqClient client(Console console) {
    return RqClient.builder(redis(console)).serializer(serializer()).build();
  }

  private @Nullable SettingsFile file(Console console) {
    String variable = console.environment().getOrDefault(CONFIG_VARIABLE, "");
    if (file == null && (config != null || !variable.isEmpty())) {
      file = SettingsFile.read(config != null ? config : Path.of(variable));
    }
    return file;
  }

  /** Whether a serializer was named. */
  public boolean namesSerializer() {
    return serializer != null;
  }

  /**
   * The serializer, pickle unless another was named.
   *
   * @throws CommandFailure if it is not known
   */
  public Serializer serializer() {
    return SerializerNames.serializer(serializerName());
  }

  /** Its name, as {@link SerializerNames} reads it. */
  public String serializerName() {
    return serializer == null ? SerializerNames.DEFAULT : serializer;
  }

  /**
   * What the settings file says of workers; nothing if there is no file.
   *
   * @throws CommandFailure if the file is not understood
   */
  public WorkerDefaults workerDefaults(Console console) {
    SettingsFile settings = file(console);
    return settings == null
        ? WorkerDefaults.NONE
        : new WorkerDefaults(settings.toString(), settings.text("NAME"), settings.texts("QUEUES"));
  }
}
