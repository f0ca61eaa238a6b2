package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.bench.RespFrames.Frame;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between a worker and Redis and keeps every command that the worker sends, byte for byte,
 * in the order in which they came. Left out is what belongs to a connection, not to jobs: logins,
 * subscriptions and waiting.
 */
final class RecordingProxy implements AutoCloseable {
  private static final Set<String> OF_CONNECTIONS =
      Set.of(
          "HELLO",
          "AUTH",
          "SELECT",
          "CLIENT",
          "QUIT",
          "SUBSCRIBE",
          "UNSUBSCRIBE",
          "BLPOP",
          "BRPOP",
          "BLMOVE",
          "BRPOPLPUSH",
          "BLMPOP",
          "BZPOPMIN",
          "WATCH",
          "UNWATCH");

  private final ServerSocket listener;
  private final int redisPort;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "rq4j-bench-proxy");
            thread.setDaemon(true);
            return thread;
          });
  private final List<Socket> sockets = new ArrayList<>();
  private final ByteArrayOutputStream recording = new ByteArrayOutputStream();

  /** Opens a port in front of that of a Redis on this machine. */
  RecordingProxy(int redisPort) throws IOException {
    this.redisPort = redisPort;
    this.listener = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    threads.execute(this::accept);
  }

  String url() {
    return "redis://127.0.0.1:" + listener.getLocalPort();
  }

  /** All commands so far. */
  synchronized byte[] recording() {
    return recording.toByteArray();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket redis = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), redisPort);
        client.setTcpNoDelay(true);
        redis.setTcpNoDelay(true);
        synchronized (this) {
          sockets.add(client);
          sockets.add(redis);
        }
        threads.execute(() -> forward(client, redis));
        threads.execute(() -> answer(redis, client));
      }
    } catch (IOException e) {
      quietly(listener);
    }
  }

  private void forward(Socket client, Socket redis) {
    try (client;
        redis) {
      RespFrames frames = new RespFrames(new BufferedInputStream(client.getInputStream()));
      OutputStream out = redis.getOutputStream();
      ByteArrayOutputStream transaction = new ByteArrayOutputStream();
      boolean inTransaction = false;
      for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
        inTransaction |= frame.name().equals("MULTI");
        if (!OF_CONNECTIONS.contains(frame.name())) {
          transaction.write(frame.bytes());
        }
        inTransaction &= !frame.name().equals("EXEC");
        if (!inTransaction) {
          keep(transaction);
        }
        out.write(frame.bytes());
      }
    } catch (IOException e) {
      quietly(client); // one of the two has closed the connection, which closes the other
    }
  }

  private synchronized void keep(ByteArrayOutputStream unit) throws IOException {
    if (unit.size() > 0) {
      unit.writeTo(recording);
      unit.reset();
    }
  }

  private static void answer(Socket redis, Socket client) {
    try (redis;
        client;
        InputStream in = redis.getInputStream()) {
      in.transferTo(client.getOutputStream());
    } catch (SocketException e) {
      quietly(client);
    } catch (IOException e) {
      quietly(redis);
    }
  }

  private static void quietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // It is closed, whatever it says.
    }
  }

  @Override
  public synchronized void close() {
    quietly(listener);
    sockets.forEach(RecordingProxy::quietly);
    threads.shutdownNow();
  }
}
