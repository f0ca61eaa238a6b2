package io.github.rq4j.cli.settings;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.client.redis.RedisSettings;
import io.github.rq4j.client.redis.TlsSettings;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is by the names {@code REDIS_URL}, {@code REDIS_HOST} and their like, which RQ reads
 * from its settings and from the environment alike. An empty value counts as absent.
 */
final class NamedSettings {
  private static final Set<String> TRUE = Set.of("y", "yes", "t", "true");
  private static final Set<String> FALSE = Set.of("n", "no", "f", "false");

  private final String prefix;
  private final Function<String, @Nullable String> values;

  /**
   * Looks names up.
   *
   * @param prefix where they come from, before the name in messages; may be empty
   * @param values gives the value of a name; null or empty if there is none
   */
  NamedSettings(String prefix, Function<String, @Nullable String> values) {
    this.prefix = prefix;
    this.values = values;
  }

  private @Nullable String value(String name) {
    String value = values.apply(name);
    return value == null || value.isEmpty() ? null : value;
  }

  private String value(String name, String otherwise) {
    String value = value(name);
    return value == null ? otherwise : value;
  }

  /**
   * The settings, each part that is not there with RQ's default.
   *
   * @throws CommandFailure if a value is not understood; the text holds no password
   */
  RedisSettings redis() {
    String url = value("REDIS_URL");
    return url == null ? fromParts() : parsed(prefix + "REDIS_URL", url);
  }

  static RedisSettings parsed(String source, String url) {
    try {
      return RedisSettings.parse(url);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.misuse(source + ": " + e.getMessage(), e);
    }
  }

  private RedisSettings fromParts() {
    String host = value("REDIS_HOST", "localhost");
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    boolean tls = usesTls();
    String url =
        "%s://%s:%s/%s"
            .formatted(
                tls ? "rediss" : "redis",
                name,
                value("REDIS_PORT", "6379"),
                value("REDIS_DB", "0"));
    try {
      RedisSettings.Builder settings = RedisSettings.builder(url);
      String password = value("REDIS_PASSWORD");
      if (password != null) {
        settings.login(null, password);
      }
      if (tls) {
        settings.tls(tls());
      }
      return settings.build();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.misuse(
          prefix + "REDIS_HOST, REDIS_PORT, REDIS_DB, REDIS_SSL_*: " + e.getMessage(), e);
    }
  }

  private boolean usesTls() {
    String value = value("REDIS_SSL", "no").toLowerCase(Locale.ROOT);
    if (!TRUE.contains(value) && !FALSE.contains(value)) {
      throw CommandFailure.misuse(prefix + "REDIS_SSL must be true or false, not '" + value + "'");
    }
    return TRUE.contains(value);
  }

  private TlsSettings tls() {
    TlsSettings.Builder tls = TlsSettings.builder();
    String authorities = value("REDIS_SSL_CA_CERTS");
    if (authorities != null) {
      tls.caCertificates(Path.of(authorities));
    }
    String text = value("REDIS_SSL_CA_DATA");
    if (text != null) {
      tls.caCertificates(text);
    }
    String certificate = value("REDIS_SSL_CERTFILE");
    if (certificate != null) {
      tls.clientCertificate(Path.of(certificate), Path.of(value("REDIS_SSL_KEYFILE", certificate)));
    }
    switch (value("REDIS_SSL_CERT_REQS", "required").toLowerCase(Locale.ROOT)) {
      case "none" -> tls.trustAnyCertificate();
      case "optional", "required" -> tls.verifyHostname(true);
      default ->
          throw CommandFailure.misuse(
              prefix + "REDIS_SSL_CERT_REQS must be required, optional or none");
    }
    return tls.build();
  }
}
