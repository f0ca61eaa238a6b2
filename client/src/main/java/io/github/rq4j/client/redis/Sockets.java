package io.github.rq4j.client.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** Opens sockets to the server that settings lead to, at this moment. Safe for many threads. */
final class Sockets implements JedisSocketFactory {
  private static final int LISTENING_MILLIS = 1_000;

  private final RedisSettings settings;
  private final Endpoint endpoint;

  Sockets(RedisSettings settings) {
    this(settings, settings.endpoint());
  }

  private Sockets(RedisSettings settings, Endpoint endpoint) {
    this.settings = settings;
    this.endpoint = endpoint;
  }

  @Override
  public Socket createSocket() {
    try {
      if (endpoint instanceof Endpoint.Unix unix) {
        return prepared(UnixSocket.connect(unix.path()));
      }
      if (endpoint instanceof Endpoint.Sentinels sentinels) {
        return open(primary(sentinels));
      }
      return open((Endpoint.Tcp) endpoint);
    } catch (IOException e) {
      throw new JedisConnectionException(String.valueOf(e.getMessage()), e);
    }
  }

  private Socket prepared(Socket socket) throws IOException {
    socket.setSoTimeout((int) settings.timeout().toMillis());
    return socket;
  }

  private Socket open(Endpoint.Tcp server) throws IOException {
    Socket socket = connect(server);
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(settings.keepAlive());
      prepared(socket);
      TlsSettings tls = settings.tls();
      return tls == null ? socket : encrypt(socket, server, tls);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private Socket connect(Endpoint.Tcp server) throws IOException {
    IOException failure = new UnknownHostException(server.host());
    for (InetAddress address : InetAddress.getAllByName(server.host())) {
      Socket socket = new AwakeSocket();
      try {
        socket.connect(
            new InetSocketAddress(address, server.port()),
            (int) settings.connectTimeout().toMillis());
        return socket;
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw failure;
  }

  private static Socket encrypt(Socket socket, Endpoint.Tcp server, TlsSettings tls)
      throws IOException {
    SSLSocket encrypted =
        (SSLSocket)
            tls.context()
                .getSocketFactory()
                .createSocket(socket, server.host(), server.port(), true);
    if (tls.verifyHostname()) {
      SSLParameters parameters = encrypted.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      encrypted.setSSLParameters(parameters);
    }
    encrypted.startHandshake();
    return encrypted;
  }

  /**
   * The reason for which a connection broke at its first command, if the server tells one.
   *
   * <p>In TLS 1.3 a client may write before the server has judged its certificate. Where that makes
   * the connection break, the server's reason is lost; one who only listens hears it.
   */
  JedisConnectionException explained(JedisConnectionException broken) {
    if (settings.tls() == null || !brokeOff(broken)) {
      return broken;
    }
    try (Socket socket = createSocket()) {
      socket.setSoTimeout(LISTENING_MILLIS);
      int unused = socket.getInputStream().read();
      return broken;
    } catch (SSLException reason) {
      JedisConnectionException explained =
          new JedisConnectionException(String.valueOf(reason.getMessage()), reason);
      explained.addSuppressed(broken);
      return explained;
    } catch (IOException | JedisException e) {
      return broken;
    }
  }

  private static boolean brokeOff(Throwable failure) {
    Throwable deepest = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      deepest = cause;
    }
    // Its subclasses stand for connections that did not come about.
    return deepest.getClass() == SocketException.class;
  }

  /** Asks one sentinel after the other. */
  private Endpoint.Tcp primary(Endpoint.Sentinels sentinels) {
    JedisException failure = new JedisConnectionException("no sentinel was asked");
    for (Endpoint.Tcp sentinel : sentinels.sentinels()) {
      try (Connection connection = new Connection(new Sockets(settings, sentinel), login())) {
        connection.sendCommand(
            () -> "SENTINEL".getBytes(StandardCharsets.US_ASCII),
            "GET-MASTER-ADDR-BY-NAME",
            sentinels.primary());
        List<byte[]> address = connection.getBinaryMultiBulkReply();
        if (address != null) {
          return new Endpoint.Tcp(
              Objects.requireNonNull(new Reply(address.get(0)).asText()),
              Integer.parseInt(Objects.requireNonNull(new Reply(address.get(1)).asText())));
        }
        failure =
            new JedisConnectionException(
                "sentinel " + sentinel + " knows no '" + sentinels.primary() + "'");
      } catch (JedisException e) {
        failure = new JedisConnectionException("sentinel " + sentinel + ": " + e.getMessage(), e);
      }
    }
    throw failure;
  }

  private DefaultJedisClientConfig login() {
    DefaultJedisClientConfig.Builder config = ClientConfig.builder(settings);
    ClientConfig.login(config, settings.sentinelUser(), settings.sentinelPassword());
    return config.build();
  }
}
