package io.github.rq4j.client.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The form of URL that most servers have, without options: {@code
 * redis[s]://[[user]:password@]host[:port][/database]}. Prints itself without the password.
 *
 * @param tls whether the scheme is {@code rediss}
 * @param host name or address
 * @param port 1 to 65535; 6379 where the URL has none
 * @param database 0 or more; 0 where the URL has none
 * @param user null for Redis's default user
 * @param password null for none
 */
record RedisUrl(
    boolean tls,
    String host,
    int port,
    int database,
    @Nullable String user,
    @Nullable String password) {

  private static final int DEFAULT_PORT = 6379;
  private static final String FORM = "redis[s]://[[user]:password@]host[:port][/database]";

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException if it is not of the form above; the text never holds the
   *     password
   */
  static RedisUrl parse(String url) {
    URI uri;
    try {
      uri = new URI(url.strip());
    } catch (URISyntaxException e) {
      throw invalid("it is not a URL", null);
    }
    String scheme = uri.getScheme();
    if (!"redis".equals(scheme) && !"rediss".equals(scheme)) {
      throw invalid(
          "its scheme is "
              + (scheme == null ? "missing" : "'" + scheme + "'")
              + ", not redis, rediss, unix, redis+sentinel or rediss+sentinel",
          null);
    }
    String host = uri.getHost();
    if (host == null) {
      throw invalid("its host or port is missing or malformed", null);
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    if (port == 0 || port > 65_535) {
      throw invalid("its port " + port + " is not between 1 and 65535", null);
    }
    if (uri.getRawQuery() != null) {
      throw invalid("query options are not supported: '" + uri.getRawQuery() + "'", null);
    }
    String[] login = login(uri.getRawUserInfo());
    return new RedisUrl(
        "rediss".equals(scheme), host, port, database(uri.getPath()), login[0], login[1]);
  }

  private static @Nullable String[] login(@Nullable String userInfo) {
    if (userInfo == null || userInfo.isEmpty()) {
      return new @Nullable String[] {null, null};
    }
    int colon = userInfo.indexOf(':');
    if (colon < 0) {
      throw invalid("a user without a password stands before '@'", null);
    }
    String user = userInfo.substring(0, colon);
    return new @Nullable String[] {
      user.isEmpty() ? null : decode(user), decode(userInfo.substring(colon + 1))
    };
  }

  private static String decode(String text) {
    // '+' is a plain character in user info; URLDecoder would make it a blank.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static int database(@Nullable String path) {
    if (path == null || path.isEmpty() || path.equals("/")) {
      return 0;
    }
    try {
      int database = Integer.parseInt(path.substring(1));
      if (database >= 0) {
        return database;
      }
    } catch (NumberFormatException e) {
      throw invalid("its database '" + path.substring(1) + "' is not a number", e);
    }
    throw invalid("its database is negative", null);
  }

  private static IllegalArgumentException invalid(String why, @Nullable Throwable cause) {
    return new IllegalArgumentException("not a Redis URL: " + why + "; expected " + FORM, cause);
  }

  /** The URL with the password, if any, replaced by {@code ***}. */
  @Override
  public String toString() {
    String login = password == null ? "" : (user == null ? "" : user) + ":***@";
    return (tls ? "rediss://" : "redis://") + login + host + ":" + port + "/" + database;
  }
}
