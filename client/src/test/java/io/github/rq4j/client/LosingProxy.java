package io.github.rq4j.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Stands between a client and Redis and loses the next request, or the next reply. */
final class LosingProxy implements AutoCloseable {
  /** What is lost, and the connection with it. */
  enum Loss {
    REQUEST,
    REPLY
  }

  private final URI redis;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Loss> next = new AtomicReference<>();
  private final Thread acceptor;

  LosingProxy(URI redis) throws IOException {
    this.redis = redis;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    acceptor = start(this::accept);
  }

  String url() {
    return "redis://127.0.0.1:" + server.getLocalPort() + redis.getPath();
  }

  /** Loses what comes next, once. */
  void lose(Loss loss) {
    next.set(loss);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Socket upstream = new Socket(redis.getHost(), redis.getPort());
        open.add(client);
        open.add(upstream);
        Thread unused = start(() -> serve(client, upstream));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket client, Socket upstream) {
    AtomicBoolean losing = new AtomicBoolean();
    Thread unused = start(() -> copy(upstream, client, losing::get));
    copy(
        client,
        upstream,
        () -> {
          Loss loss = next.getAndSet(null);
          losing.compareAndSet(false, loss == Loss.REPLY);
          return loss == Loss.REQUEST;
        });
  }

  /** Copies until there is no more, or what was just read is to be lost. */
  private static void copy(Socket from, Socket to, BooleanSupplier isLost) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (isLost.getAsBoolean()) {
          return;
        }
        to.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException e) {
      // One side is gone; the other is closed with it.
    }
  }

  private static Thread start(Runnable work) {
    Thread thread = new Thread(work, "losing-proxy");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() throws IOException {
    server.close();
    try {
      // Until it has noticed, the operating system takes connections for it.
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Socket socket : open) {
      socket.close();
    }
  }
}
