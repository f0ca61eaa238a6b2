package io.github.rq4j.worker.horse;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Frames in both directions. On the wire, a frame is the length of its body in four bytes, its type
 * in one, and the body. One thread may receive; any thread may send.
 */
public final class HorseChannel implements Closeable {
  /** The version of the protocol. Raised with each change of a frame's form. */
  public static final int VERSION = 1;

  /** The largest body, 512 MiB: as much as a value in Redis may hold. */
  public static final int MAXIMUM_BODY = 512 * 1024 * 1024;

  static final int MAGIC = 0x52513448; // RQ4H
  static final int SECRET_BYTES = 32;
  static final int MAXIMUM_HELLO = 256;
  private static final int HEADER_BYTES = Integer.BYTES + 1;
  private static final int MAXIMUM_ADDRESS = 16;

  private final InputStream in;
  private final OutputStream out;
  private final Closeable transport;
  private long offset;

  HorseChannel(InputStream in, OutputStream out, Closeable transport) {
    this.in = in;
    this.out = out;
    this.transport = transport;
  }

  static HorseChannel over(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    return new HorseChannel(
        new BufferedInputStream(socket.getInputStream()), socket.getOutputStream(), socket);
  }

  /**
   * Connects a horse to its worker and says hello.
   *
   * @param standardInput where the worker has written its port and the secret
   * @throws IOException if the worker is gone
   */
  public static HorseChannel toWorker(InputStream standardInput) throws IOException {
    byte[] secret = standardInput.readNBytes(SECRET_BYTES);
    String port = new String(standardInput.readNBytes(MAXIMUM_ADDRESS), StandardCharsets.US_ASCII);
    if (secret.length < SECRET_BYTES || !port.matches("\\d{1,5}\n")) {
      throw new HorseProtocolException("a worker has to start this program: it is a work horse");
    }
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port.strip()));
    HorseChannel channel = over(socket);
    channel.send(new FieldOutput().add(MAGIC).add(VERSION).add(secret).toFrame(FrameType.HELLO));
    return channel;
  }

  /**
   * Waits for the next frame.
   *
   * @return null where the other side has closed the channel or ended
   * @throws HorseProtocolException if what came is no frame
   * @throws IOException if the channel broke or was closed here
   */
  public @Nullable Frame receive() throws IOException {
    return receive(MAXIMUM_BODY);
  }

  @Nullable Frame receive(int maximumBody) throws IOException {
    long start = offset;
    byte[] header = read(HEADER_BYTES);
    if (header.length == 0) {
      return null;
    }
    checkComplete(header, HEADER_BYTES, start);
    ByteBuffer fields = ByteBuffer.wrap(header);
    int length = fields.getInt();
    int type = fields.get();
    if (length < 0 || length > maximumBody) {
      throw new HorseProtocolException(
          "offset "
              + start
              + ": a frame of "
              + Integer.toUnsignedString(length)
              + " bytes is"
              + " larger than the "
              + maximumBody
              + " that may be");
    }
    FrameType known =
        FrameType.ofCode(type)
            .orElseThrow(
                () ->
                    new HorseProtocolException(
                        "offset " + start + ": there is no frame of type " + type));
    byte[] body = read(length);
    checkComplete(body, length, start);
    return new Frame(known, body);
  }

  /** Reads as it comes, so that a length that lies costs no memory. */
  private byte[] read(int length) throws IOException {
    byte[] read = in.readNBytes(length);
    offset += read.length;
    return read;
  }

  private static void checkComplete(byte[] read, int wanted, long start)
      throws HorseProtocolException {
    if (read.length < wanted) {
      throw new HorseProtocolException(
          "offset "
              + start
              + ": the channel ended after "
              + read.length
              + " of "
              + wanted
              + " bytes of a frame");
    }
  }

  /**
   * Sends a frame.
   *
   * @throws HorseProtocolException if it is too large; nothing was sent then
   * @throws IOException if the channel broke or was closed
   */
  public void send(Frame frame) throws IOException {
    byte[] body = frame.body();
    if (body.length > MAXIMUM_BODY) {
      throw new HorseProtocolException(
          frame + " is larger than the " + MAXIMUM_BODY + " bytes that may be");
    }
    byte[] header =
        ByteBuffer.allocate(HEADER_BYTES)
            .putInt(body.length)
            .put((byte) frame.type().code())
            .array();
    synchronized (out) {
      if (body.length <= 8192) {
        // One packet for what is small.
        out.write(ByteBuffer.allocate(header.length + body.length).put(header).put(body).array());
      } else {
        out.write(header);
        out.write(body);
      }
      out.flush();
    }
  }

  /** Ends the channel for both sides; whoever waits here for a frame is woken by an exception. */
  @Override
  public void close() throws IOException {
    transport.close();
  }
}
