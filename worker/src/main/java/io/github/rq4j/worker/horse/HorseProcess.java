package io.github.rq4j.worker.horse;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child process and the channel to it: a connection over the loopback interface, which the child
 * opens with a secret that it was told through its standard input. Safe for use by many threads.
 */
public final class HorseProcess {
  private static final Logger log = LoggerFactory.getLogger(HorseProcess.class);
  private static final int ACCEPT_POLL_MILLIS = 100;
  private static final int HELLO_MILLIS = 5_000;

  private final Process process;
  private final HorseChannel channel;

  private HorseProcess(Process process, HorseChannel channel) {
    this.process = process;
    this.channel = channel;
  }

  /**
   * Starts a process and waits until it has said hello.
   *
   * @param random makes the secret
   * @param patience how long that may take
   * @throws HorseProtocolException if it speaks another version of the protocol
   * @throws IOException if it cannot be started, ends, or says nothing in time
   * @throws InterruptedException if the thread is interrupted; the process is killed then
   */
  public static HorseProcess start(HorseCommand command, SecureRandom random, Duration patience)
      throws IOException, InterruptedException {
    byte[] secret = new byte[HorseChannel.SECRET_BYTES];
    random.nextBytes(secret);
    try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(ACCEPT_POLL_MILLIS);
      Process process = command.toProcess().start();
      boolean connected = false;
      try {
        tell(process, secret, server.getLocalPort());
        HorseProcess horse = new HorseProcess(process, await(server, process, secret, patience));
        connected = true;
        return horse;
      } finally {
        if (!connected) {
          process.destroyForcibly();
        }
      }
    }
  }

  private static void tell(Process process, byte[] secret, int port) throws IOException {
    try (OutputStream standardInput = process.getOutputStream()) {
      standardInput.write(secret);
      standardInput.write((port + "\n").getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static HorseChannel await(
      ServerSocket server, Process process, byte[] secret, Duration patience)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < end) {
      if (Thread.interrupted()) {
        throw new InterruptedException("while a work horse started");
      }
      if (!process.isAlive()) {
        throw new IOException(
            "a work horse ended with exit code "
                + process.exitValue()
                + " before it was ready; its standard error tells why");
      }
      try {
        Socket socket = server.accept();
        OptionalInt version = versionOf(socket, secret);
        if (version.isPresent()) {
          checkVersion(version.getAsInt());
          return HorseChannel.over(socket);
        }
        socket.close();
      } catch (SocketTimeoutException e) {
        log.trace("nobody has connected yet", e);
      }
    }
    throw new IOException("a work horse was not ready within " + patience.toSeconds() + " s");
  }

  /**
   * The version that the one who connected speaks; empty where it does not know the secret. Others
   * on this machine may try.
   */
  private static OptionalInt versionOf(Socket socket, byte[] secret) {
    try {
      socket.setSoTimeout(HELLO_MILLIS);
      // Unbuffered: what follows is for the channel.
      HorseChannel hello =
          new HorseChannel(socket.getInputStream(), socket.getOutputStream(), socket);
      Frame frame = hello.receive(HorseChannel.MAXIMUM_HELLO);
      if (frame == null || frame.type() != FrameType.HELLO) {
        return OptionalInt.empty();
      }
      FieldInput fields = new FieldInput(frame);
      int magic = fields.number();
      int version = fields.number();
      if (magic != HorseChannel.MAGIC || !MessageDigest.isEqual(fields.bytes(), secret)) {
        log.warn("a connection that was meant for a work horse is refused: it lacks the secret");
        return OptionalInt.empty();
      }
      socket.setSoTimeout(0);
      return OptionalInt.of(version);
    } catch (IOException e) {
      log.debug("a connection that was meant for a work horse said no hello", e);
      return OptionalInt.empty();
    }
  }

  private static void checkVersion(int version) throws HorseProtocolException {
    if (version != HorseChannel.VERSION) {
      throw new HorseProtocolException(
          "the work horse speaks version "
              + version
              + " of the channel's protocol, this worker version "
              + HorseChannel.VERSION
              + ": the class path was changed while the worker ran; start it again");
    }
  }

  /** The channel to the process. */
  public HorseChannel channel() {
    return channel;
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Ends the process, and those that it has started, at once and for good; as RQ does, which kills
   * the horse's process group.
   */
  public void kill() {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    try {
      channel.close();
    } catch (IOException e) {
      log.debug("the channel to work horse {} was broken already", pid(), e);
    }
  }

  /**
   * Waits for the end of the process.
   *
   * @param patience how long at most
   * @return how it ended; unknown where it has not
   */
  public WaitStatus awaitEnd(Duration patience) {
    boolean interrupted = false;
    long end = System.nanoTime() + patience.toNanos();
    try {
      while (true) {
        try {
          return process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)
              ? WaitStatus.ofExitValue(process.exitValue())
              : WaitStatus.unknown();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
