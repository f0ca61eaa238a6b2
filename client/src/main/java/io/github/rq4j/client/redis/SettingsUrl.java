package io.github.rq4j.client.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the forms of URLs that {@link RedisSettings} lists, with the options of redis-py. */
final class SettingsUrl {
  private static final int SENTINEL_PORT = 26_379;
  private static final Set<String> TLS_OPTIONS =
      Set.of(
          "ssl_cert_reqs",
          "ssl_ca_certs",
          "ssl_ca_data",
          "ssl_certfile",
          "ssl_keyfile",
          "ssl_check_hostname");

  private SettingsUrl() {}

  static RedisSettings.Builder parse(String url) {
    String text = url.strip();
    int question = text.indexOf('?');
    String base = question < 0 ? text : text.substring(0, question);
    Map<String, String> options = options(question < 0 ? "" : text.substring(question + 1));
    int colon = base.indexOf("://");
    String scheme = colon < 0 ? "" : base.substring(0, colon).toLowerCase(Locale.ROOT);
    RedisSettings.Builder builder =
        switch (scheme) {
          case "unix" -> unix(base.substring(colon + 3));
          case "redis+sentinel", "rediss+sentinel" -> sentinels(base.substring(colon + 3));
          default -> builder(RedisUrl.parse(base));
        };
    if (scheme.startsWith("rediss")) {
      builder.tls(TlsSettings.defaults());
    }
    apply(options, builder);
    return builder;
  }

  private static RedisSettings.Builder builder(RedisUrl url) {
    RedisSettings.Builder builder =
        new RedisSettings.Builder(new Endpoint.Tcp(url.host(), url.port()))
            .database(url.database());
    String password = url.password();
    if (password != null) {
      builder.login(url.user(), password);
    }
    return builder;
  }

  private static RedisSettings.Builder unix(String rest) {
    int slash = rest.indexOf('/');
    if (slash < 0 || slash + 1 == rest.length()) {
      throw invalid("it names no socket");
    }
    Endpoint.Unix endpoint = new Endpoint.Unix(decode(rest.substring(slash)));
    return login(rest.substring(0, slash), new RedisSettings.Builder(endpoint), "");
  }

  private static RedisSettings.Builder sentinels(String rest) {
    String[] parts = rest.split("/", -1);
    if (parts.length < 2 || parts[1].isEmpty() || parts.length > 3) {
      throw invalid("it does not name the primary that the sentinels know, and no more");
    }
    int at = parts[0].lastIndexOf('@');
    List<Endpoint.Tcp> servers = new ArrayList<>();
    for (String server : parts[0].substring(at + 1).split(",", -1)) {
      servers.add(sentinel(server));
    }
    RedisSettings.Builder builder =
        new RedisSettings.Builder(new Endpoint.Sentinels(decode(parts[1]), servers));
    if (parts.length == 3 && !parts[2].isEmpty()) {
      builder.database(number("database", parts[2]));
    }
    return login(parts[0].substring(0, at + 1), builder, "");
  }

  static Endpoint.Tcp sentinel(String server) {
    int colon = server.lastIndexOf(':');
    boolean hasPort = colon > server.lastIndexOf(']');
    String host = hasPort ? server.substring(0, colon) : server;
    int port = hasPort ? number("port", server.substring(colon + 1)) : SENTINEL_PORT;
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw invalid("host or port of a sentinel is missing or malformed");
    }
    return new Endpoint.Tcp(host, port);
  }

  private static RedisSettings.Builder login(
      String authority, RedisSettings.Builder builder, String none) {
    if (authority.equals(none)) {
      return builder;
    }
    int colon = authority.indexOf(':');
    if (!authority.endsWith("@") || colon < 0) {
      throw invalid("what stands before the path is no user:password@");
    }
    String user = decode(authority.substring(0, colon));
    String password = decode(authority.substring(colon + 1, authority.length() - 1));
    return builder.login(user.isEmpty() ? null : user, password);
  }

  private static Map<String, String> options(String query) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        options.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return options;
  }

  private static void apply(Map<String, String> options, RedisSettings.Builder builder) {
    TlsSettings.Builder tls = TlsSettings.builder();
    boolean hasTls = false;
    for (Map.Entry<String, String> option : options.entrySet()) {
      if (TLS_OPTIONS.contains(option.getKey())) {
        hasTls = true;
        applyTls(option.getKey(), option.getValue(), tls, options);
      } else {
        apply(option.getKey(), option.getValue(), builder, options);
      }
    }
    if (hasTls) {
      if (!builder.isTls()) {
        throw invalid("it has options for TLS, which only rediss:// has");
      }
      builder.tls(tls.build());
    }
  }

  private static void apply(
      String name, String value, RedisSettings.Builder builder, Map<String, String> options) {
    switch (name) {
      case "db" -> builder.database(number(name, value));
      case "socket_timeout" -> builder.timeout(seconds(name, value));
      case "socket_connect_timeout" -> builder.connectTimeout(seconds(name, value));
      case "socket_keepalive" -> builder.keepAlive(flag(name, value));
      case "max_connections" -> builder.maximumConnections(number(name, value));
      case "client_name" -> builder.clientName(value);
      case "password" -> builder.login(options.get("username"), value);
      case "sentinel_password" -> builder.sentinelLogin(options.get("sentinel_username"), value);
      case "username", "sentinel_username" -> {
        if (!options.containsKey(name.replace("username", "password"))) {
          throw invalid("its option '" + name + "' comes without a password");
        }
      }
      case "protocol" -> {
        if (!value.equals("2")) {
          throw invalid("its option 'protocol' asks for another version than 2");
        }
      }
      default -> throw invalid("its option '" + name + "' is not supported");
    }
  }

  private static void applyTls(
      String name, String value, TlsSettings.Builder tls, Map<String, String> options) {
    switch (name) {
      case "ssl_cert_reqs" -> {
        switch (value.toLowerCase(Locale.ROOT)) {
          case "none" -> tls.trustAnyCertificate();
          case "required", "optional" -> {}
          default -> throw invalid("its option 'ssl_cert_reqs' is not none, optional or required");
        }
      }
      case "ssl_ca_certs" -> tls.caCertificates(path(name, value));
      case "ssl_ca_data" -> tls.caCertificates(value);
      case "ssl_check_hostname" -> tls.verifyHostname(flag(name, value));
      case "ssl_keyfile" -> {
        if (!options.containsKey("ssl_certfile")) {
          throw invalid("its option 'ssl_keyfile' comes without 'ssl_certfile'");
        }
      }
      default -> {
        String key = options.get("ssl_keyfile");
        // As in Python, certificate and key may be in one file.
        tls.clientCertificate(path(name, value), path(name, key == null ? value : key));
      }
    }
  }

  private static Path path(String name, String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw invalid("its option '" + name + "' is no path");
    }
  }

  private static int number(String name, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw invalid("its " + name + " is not a number");
    }
  }

  private static Duration seconds(String name, String value) {
    try {
      return Duration.ofMillis(Math.round(Double.parseDouble(value) * 1_000));
    } catch (NumberFormatException | ArithmeticException e) {
      throw invalid("its option '" + name + "' is no number of seconds");
    }
  }

  private static boolean flag(String name, String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "1", "true", "yes", "t", "y", "on" -> true;
      case "0", "false", "no", "f", "n", "off" -> false;
      default -> throw invalid("its option '" + name + "' is neither true nor false");
    };
  }

  private static String decode(String text) {
    try {
      // '+' is a plain character here; URLDecoder would make it a blank.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid("a '%' is not followed by two hexadecimal digits");
    }
  }

  private static IllegalArgumentException invalid(String why) {
    return new IllegalArgumentException("not a Redis URL that rq4j can use: " + why);
  }
}
