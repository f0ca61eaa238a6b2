package io.github.rq4j.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and Redis and cuts a connection once, at a request of one's choice:
 * before it reaches Redis, or after Redis has answered it but before the client hears of it.
 */
final class CuttingProxy implements AutoCloseable {
  /** Where in the life of a request the connection is cut. */
  enum Moment {
    BEFORE_REDIS,
    AFTER_REDIS
  }

  private record Cut(Moment moment, String marker, CountDownLatch done) {}

  private final URI redis;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Cut> cut = new AtomicReference<>();
  private volatile boolean refusing;

  CuttingProxy(URI redis) throws IOException {
    this.redis = redis;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start("accept", this::accept);
  }

  String url() {
    return "redis://localhost:" + server.getLocalPort() + redis.getPath();
  }

  /** Cuts the connection over which a request with the marker is sent next. */
  CountDownLatch cutAt(Moment moment, String marker) {
    CountDownLatch done = new CountDownLatch(1);
    cut.set(new Cut(moment, marker, done));
    return done;
  }

  /** Whether new connections are closed at once. */
  void refuse(boolean all) {
    refusing = all;
  }

  static void awaitCut(CountDownLatch done) throws InterruptedException {
    if (!done.await(20, TimeUnit.SECONDS)) {
      throw new AssertionError("no request with the marker came");
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (refusing) {
          client.close();
          continue;
        }
        Socket upstream = new Socket(redis.getHost(), redis.getPort());
        open.add(client);
        open.add(upstream);
        start("requests", () -> forwardRequests(client, upstream));
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void forwardRequests(Socket client, Socket upstream) {
    Thread replies = start("replies", () -> copy(upstream, client));
    byte[] buffer = new byte[1 << 16];
    try (client;
        upstream) {
      InputStream in = client.getInputStream();
      OutputStream out = upstream.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        Cut wanted = cut.get();
        if (wanted != null
            && new String(buffer, 0, n, StandardCharsets.ISO_8859_1).contains(wanted.marker())
            && cut.compareAndSet(wanted, null)) {
          carryOut(wanted, client, upstream, buffer, n);
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // One side is gone; the other is closed with it.
    } finally {
      replies.interrupt();
    }
  }

  private static void carryOut(Cut wanted, Socket client, Socket upstream, byte[] buffer, int n)
      throws IOException {
    // Nothing that Redis answers from here on may reach the client.
    client.shutdownOutput();
    if (wanted.moment() == Moment.AFTER_REDIS) {
      upstream.getOutputStream().write(buffer, 0, n);
      upstream.shutdownOutput();
      // Redis carries out what it has read before it notices the end, and then closes.
      awaitEnd(upstream);
    }
    wanted.done().countDown();
  }

  private static void awaitEnd(Socket upstream) {
    try {
      upstream.setSoTimeout(10_000);
      byte[] rest = new byte[1 << 16];
      while (upstream.getInputStream().read(rest) >= 0) {
        // Replies that are to be lost.
      }
    } catch (IOException e) {
      // The copying thread got the end of the stream.
    }
  }

  private static void copy(Socket from, Socket to) {
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!to.isOutputShutdown()) {
          to.getOutputStream().write(buffer, 0, n);
        }
      }
      to.close();
    } catch (IOException e) {
      // One side is gone; the other is closed by the thread of the requests.
    }
  }

  private static Thread start(String duty, Runnable work) {
    Thread thread = new Thread(work, "cutting-proxy-" + duty);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
