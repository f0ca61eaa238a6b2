package io.github.rq4j.cli.bench;

import io.github.rq4j.cli.console.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** Sends recorded commands as fast as Redis reads them, without ever waiting for a reply. */
final class Replay {
  private static final int CHUNK = 64 * 1024;
  private static final int SILENCE_MILLIS = 60_000;
  private static final String END = "the-end-of-the-recording";

  private final byte[] recording;

  Replay(byte[] recording) {
    this.recording = recording;
  }

  /**
   * Sends all and waits for the last reply.
   *
   * @return how many nanoseconds that took
   */
  long run(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port)) {
      socket.setSoTimeout(SILENCE_MILLIS);
      long begin = System.nanoTime();
      CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(socket));
      awaitEnd(socket.getInputStream());
      long time = System.nanoTime() - begin;
      sending.join();
      return time;
    }
  }

  private void send(Socket socket) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(recording);
      String echo = "*2\r\n$4\r\nECHO\r\n$" + END.length() + "\r\n" + END + "\r\n";
      out.write(echo.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw CommandFailure.failure("Redis closed the connection of the replay: " + e, e);
    }
  }

  /** The last reply is the only one that ends like this. */
  private static void awaitEnd(InputStream in) throws IOException {
    byte[] end = (END + "\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] tail = new byte[end.length];
    byte[] chunk = new byte[CHUNK];
    while (!Arrays.equals(tail, end)) {
      int read = in.read(chunk);
      if (read < 0) {
        throw CommandFailure.failure("Redis closed the connection of the replay");
      }
      int kept = Math.max(0, end.length - read);
      int fresh = end.length - kept;
      System.arraycopy(tail, tail.length - kept, tail, 0, kept);
      System.arraycopy(chunk, read - fresh, tail, kept, fresh);
    }
  }
}
