package io.github.rq4j.client.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis server is, how to log in, and how to treat its connections; for clients and workers
 * alike. Prints itself without passwords. Immutable.
 *
 * <p>URLs are those of redis-py, on which RQ is built, and one form more:
 *
 * <ul>
 *   <li>{@code redis[s]://[[user]:password@]host[:port][/database]}
 *   <li>{@code unix://[[user]:password@]/path/to/socket}
 *   <li>{@code redis[s]+sentinel://[[user]:password@]host[:port][,...]/primary[/database]}
 * </ul>
 */
public final class RedisSettings {
  private final Endpoint endpoint;
  private final int database;
  private final @Nullable String user;
  private final @Nullable String password;
  private final @Nullable TlsSettings tls;
  private final @Nullable String sentinelUser;
  private final @Nullable String sentinelPassword;
  private final Duration connectTimeout;
  private final Duration timeout;
  private final boolean keepAlive;
  private final int maximumConnections;
  private final @Nullable String clientName;
  private final @Nullable ConnectionSource existing;

  private RedisSettings(Builder builder) {
    this.endpoint = builder.endpoint;
    this.database = builder.database;
    this.user = builder.user;
    this.password = builder.password;
    this.tls = builder.tls;
    this.sentinelUser = builder.sentinelUser;
    this.sentinelPassword = builder.sentinelPassword;
    this.connectTimeout = builder.connectTimeout;
    this.timeout = builder.timeout;
    this.keepAlive = builder.keepAlive;
    this.maximumConnections = builder.maximumConnections;
    this.clientName = builder.clientName;
    this.existing = builder.existing;
  }

  /**
   * The settings that a URL stands for.
   *
   * @throws IllegalArgumentException if it is malformed or has an option that is not supported; the
   *     text names the option and never holds a password
   */
  public static RedisSettings parse(String url) {
    return builder(url).build();
  }

  /**
   * Starts from a URL.
   *
   * @throws IllegalArgumentException if it is malformed or has an option that is not supported
   */
  public static Builder builder(String url) {
    return SettingsUrl.parse(url);
  }

  /**
   * Starts from the primary that sentinels know under a name.
   *
   * @param primary the name, such as {@code mymaster}
   * @param sentinels {@code host} or {@code host:port} of each; the port is 26379 unless given
   * @throws IllegalArgumentException if there is none, or one is malformed
   */
  public static Builder sentinel(String primary, String... sentinels) {
    List<Endpoint.Tcp> servers = new ArrayList<>();
    Arrays.asList(sentinels).forEach(server -> servers.add(SettingsUrl.sentinel(server)));
    if (servers.isEmpty() || primary.isBlank()) {
      throw new IllegalArgumentException("a name and at least one sentinel are needed");
    }
    return new Builder(new Endpoint.Sentinels(primary, servers));
  }

  static RedisSettings existing(ConnectionSource source) {
    Builder builder = new Builder(new Endpoint.Tcp("(client of the application)", 0));
    builder.existing = source;
    return builder.build();
  }

  Endpoint endpoint() {
    return endpoint;
  }

  int database() {
    return database;
  }

  @Nullable String user() {
    return user;
  }

  @Nullable String password() {
    return password;
  }

  @Nullable TlsSettings tls() {
    return tls;
  }

  @Nullable String sentinelUser() {
    return sentinelUser;
  }

  @Nullable String sentinelPassword() {
    return sentinelPassword;
  }

  Duration connectTimeout() {
    return connectTimeout;
  }

  Duration timeout() {
    return timeout;
  }

  boolean keepAlive() {
    return keepAlive;
  }

  int maximumConnections() {
    return maximumConnections;
  }

  @Nullable String clientName() {
    return clientName;
  }

  @Nullable ConnectionSource existing() {
    return existing;
  }

  /** A URL for these settings, without options, the password replaced by {@code ***}. */
  @Override
  public String toString() {
    if (existing != null) {
      return "Redis (through the application's own client)";
    }
    String login = password == null ? "" : (user == null ? "" : user) + ":***@";
    if (endpoint instanceof Endpoint.Unix unix) {
      return "unix://" + login + unix + "?db=" + database;
    }
    String scheme = tls == null ? "redis" : "rediss";
    String form = endpoint instanceof Endpoint.Sentinels ? "+sentinel://" : "://";
    return scheme + form + login + endpoint + "/" + database;
  }

  /** Collects settings; what the URL says is the default. Not safe for use by many threads. */
  public static final class Builder {
    private final Endpoint endpoint;
    private int database;
    private @Nullable String user;
    private @Nullable String password;
    private @Nullable TlsSettings tls;
    private @Nullable String sentinelUser;
    private @Nullable String sentinelPassword;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration timeout = Duration.ofSeconds(10);
    private boolean keepAlive;
    private int maximumConnections = 64;
    private @Nullable String clientName;
    private @Nullable ConnectionSource existing;

    Builder(Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    boolean isTls() {
      return tls != null;
    }

    /** The number of the database, 0 or more. Default: 0. */
    public Builder database(int number) {
      if (number < 0) {
        throw new IllegalArgumentException("a database has no negative number");
      }
      this.database = number;
      return this;
    }

    /**
     * Who logs in.
     *
     * @param name null for Redis's default user
     * @param secret the password
     */
    public Builder login(@Nullable String name, String secret) {
      this.user = name;
      this.password = secret;
      return this;
    }

    /** Encrypted connections, to sentinels as well. Default: as the URL's scheme says. */
    public Builder tls(TlsSettings settings) {
      if (endpoint instanceof Endpoint.Unix) {
        throw new IllegalArgumentException("a Unix socket has no TLS");
      }
      this.tls = settings;
      return this;
    }

    /**
     * Who logs in to the sentinels. Default: nobody.
     *
     * @param name null for the default user
     * @param secret the password
     */
    public Builder sentinelLogin(@Nullable String name, String secret) {
      if (!(endpoint instanceof Endpoint.Sentinels)) {
        throw new IllegalArgumentException("there are no sentinels to log in to");
      }
      this.sentinelUser = name;
      this.sentinelPassword = secret;
      return this;
    }

    /** How long connecting may take, at least a millisecond. Default: 10 seconds. */
    public Builder connectTimeout(Duration time) {
      this.connectTimeout = positive("connectTimeout", time);
      return this;
    }

    /**
     * How long a reply may take, at least a millisecond; calls that wait for something on purpose
     * get that time in addition. Default: 10 seconds.
     */
    public Builder timeout(Duration time) {
      this.timeout = positive("timeout", time);
      return this;
    }

    private static Duration positive(String setting, Duration time) {
      if (time.toMillis() < 1 || time.toMillis() > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            setting + " must be between a millisecond and 24 days, not " + time);
      }
      return time;
    }

    /** Whether the operating system looks after silent connections. Default: false. */
    public Builder keepAlive(boolean look) {
      this.keepAlive = look;
      return this;
    }

    /** How many connections short calls may share, at least 1. Default: 64. */
    public Builder maximumConnections(int number) {
      if (number < 1) {
        throw new IllegalArgumentException("maximumConnections must be at least 1, not " + number);
      }
      this.maximumConnections = number;
      return this;
    }

    /**
     * What {@code CLIENT LIST} shows of each connection. A server that does not allow to set it is
     * put up with. Default: nothing.
     *
     * @throws IllegalArgumentException if it holds blanks or anything else that Redis refuses
     */
    public Builder clientName(String name) {
      if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw new IllegalArgumentException("a client's name has no blanks: '" + name + "'");
      }
      this.clientName = name;
      return this;
    }

    /** The settings. */
    public RedisSettings build() {
      return new RedisSettings(this);
    }
  }
}
