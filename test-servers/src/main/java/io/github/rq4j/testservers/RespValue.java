package io.github.rq4j.testservers;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts a stream of Redis's protocol, versions 2 and 3, into values, and keeps their bytes. */
final class RespValue {
  /** A request: its arguments, and the bytes that it was sent as. */
  record Request(List<byte[]> parts, byte[] raw) {}

  /**
   * A reply.
   *
   * @param isPush whether it answers no request (version 3)
   */
  record Reply(byte[] raw, boolean isPush) {}

  private final InputStream in;
  private ByteArrayOutputStream raw = new ByteArrayOutputStream();

  RespValue(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /**
   * Reads a request.
   *
   * @throws EOFException at the end of the stream
   */
  Request request() throws IOException {
    raw = new ByteArrayOutputStream();
    String head = line();
    if (!head.startsWith("*")) {
      throw new IOException("only requests in the form of arrays are understood");
    }
    List<byte[]> parts = new ArrayList<>();
    for (long left = number(head); left > 0; left--) {
      parts.add(bulk(number(line())));
    }
    return new Request(parts, raw.toByteArray());
  }

  /**
   * Reads a reply.
   *
   * @throws EOFException at the end of the stream
   */
  Reply reply() throws IOException {
    raw = new ByteArrayOutputStream();
    char type = value();
    return new Reply(raw.toByteArray(), type == '>');
  }

  private char value() throws IOException {
    String head = line();
    char type = head.charAt(0);
    switch (type) {
      case '$', '=', '!' -> {
        long length = number(head);
        if (length >= 0) {
          bulk(length);
        }
      }
      case '*', '~', '>' -> values(number(head));
      case '%' -> values(2 * number(head));
      case '|' -> values(2 * number(head) + 1); // attributes stand in front of the value proper
      default -> {
        // The line is all there is.
      }
    }
    return type;
  }

  private void values(long count) throws IOException {
    for (long left = count; left > 0; left--) {
      value();
    }
  }

  private byte[] bulk(long length) throws IOException {
    byte[] content = in.readNBytes(Math.toIntExact(length));
    if (content.length < length) {
      throw new EOFException("the stream ends within a value");
    }
    raw.write(content);
    line();
    return content;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the stream ends");
      }
      raw.write(next);
      if (next == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1);
      }
      if (next != '\r') {
        line.write(next);
      }
    }
  }

  private static long number(String head) throws IOException {
    try {
      return Long.parseLong(head.substring(1));
    } catch (NumberFormatException e) {
      throw new IOException("not the length of a value in Redis's protocol", e);
    }
  }
}
