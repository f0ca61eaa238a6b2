package io.github.rq4j.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and Redis and can forget its connections, as a router does: they stay
 * open, and what is sent over them goes nowhere. Later connections are as good as new.
 */
final class SilentProxy implements AutoCloseable {
  private final URI redis;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<Socket> forgotten = ConcurrentHashMap.newKeySet();

  SilentProxy(URI redis) throws IOException {
    this.redis = redis;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  String url() {
    return "redis://localhost:" + server.getLocalPort() + redis.getPath();
  }

  /** Forgets every connection that is open now. */
  void forgetConnections() {
    forgotten.addAll(open);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket upstream = new Socket(redis.getHost(), redis.getPort());
        open.add(client);
        open.add(upstream);
        start(() -> copy(client, upstream));
        start(() -> copy(upstream, client));
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void copy(Socket from, Socket to) {
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!forgotten.contains(from)) {
          out.write(buffer, 0, n);
        }
      }
      if (!forgotten.contains(from)) {
        to.close();
      }
    } catch (IOException e) {
      // One side is gone; the other is closed by the test.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "silent-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
