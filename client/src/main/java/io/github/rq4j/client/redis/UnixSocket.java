package io.github.rq4j.client.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A Unix domain socket as the kind of socket that a Redis client expects. The JDK has only channels
 * for them, which cannot time out; a selector waits here. One thread may read while another writes.
 */
final class UnixSocket extends Socket {
  private final SocketChannel channel;
  private final Selector readable;
  private final Selector writable;
  private volatile int timeoutMillis;
  private volatile boolean closed;

  private UnixSocket(SocketChannel channel) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    this.readable = Selector.open();
    this.writable = Selector.open();
    channel.register(readable, SelectionKey.OP_READ);
    channel.register(writable, SelectionKey.OP_WRITE);
  }

  static UnixSocket connect(String path) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(Path.of(path)));
      return new UnixSocket(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** How many bytes the step moved; waits until it moves one, up to the time; 0 for no limit. */
  private int move(Selector ready, int limitMillis, Step step) throws IOException {
    try {
      while (true) {
        int moved = step.run();
        if (moved != 0) {
          return moved;
        }
        if (closed) {
          throw new SocketException("socket closed");
        }
        int selected = ready.select(limitMillis);
        ready.selectedKeys().clear();
        if (selected == 0 && limitMillis > 0 && !closed) {
          throw new SocketTimeoutException("no answer within " + limitMillis + " ms");
        }
      }
    } catch (ClosedSelectorException e) {
      throw (SocketException) new SocketException("socket closed").initCause(e);
    }
  }

  @FunctionalInterface
  private interface Step {
    int run() throws IOException;
  }

  @Override
  public InputStream getInputStream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        return move(readable, timeoutMillis, () -> channel.read(buffer));
      }
    };
  }

  @Override
  public OutputStream getOutputStream() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
          move(writable, timeoutMillis, () -> channel.write(buffer));
        }
      }
    };
  }

  @Override
  public synchronized void setSoTimeout(int millis) {
    timeoutMillis = millis;
  }

  @Override
  public synchronized int getSoTimeout() {
    return timeoutMillis;
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public boolean isInputShutdown() {
    return closed;
  }

  @Override
  public boolean isOutputShutdown() {
    return closed;
  }

  @Override
  public @Nullable SocketAddress getRemoteSocketAddress() {
    return InetSocketAddress.createUnresolved("unix", 0);
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    channel.close();
    readable.close();
    writable.close();
  }
}
