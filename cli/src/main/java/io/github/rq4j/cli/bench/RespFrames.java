package io.github.rq4j.cli.bench;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Cuts what a client sends to Redis into commands, each with its bytes as they were sent. */
final class RespFrames {
  private final InputStream in;
  private ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  RespFrames(InputStream in) {
    this.in = in;
  }

  /**
   * One command.
   *
   * @param name in capital letters
   * @param bytes all of it
   */
  record Frame(String name, byte[] bytes) {}

  /** The next command; null at the end of the stream. */
  @Nullable Frame next() throws IOException {
    bytes = new ByteArrayOutputStream();
    int first = in.read();
    if (first < 0) {
      return null;
    }
    bytes.write(first);
    if (first != '*') {
      throw new IOException("a client sent something else than an array");
    }
    int parts = number();
    String name = "";
    for (int i = 0; i < parts; i++) {
      bytes.write(read());
      byte[] part = part(number());
      if (i == 0) {
        name = new String(part, StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT);
      }
    }
    return new Frame(name, bytes.toByteArray());
  }

  private int number() throws IOException {
    int number = 0;
    for (int b = read(); b != '\n'; b = read()) {
      bytes.write(b);
      number = b == '\r' ? number : number * 10 + b - '0';
    }
    bytes.write('\n');
    return number;
  }

  private byte[] part(int length) throws IOException {
    byte[] part = in.readNBytes(length + 2);
    if (part.length < length + 2) {
      throw new EOFException("the connection ended within a command");
    }
    bytes.write(part);
    return java.util.Arrays.copyOf(part, length);
  }

  private int read() throws IOException {
    int b = in.read();
    if (b < 0) {
      throw new EOFException("the connection ended within a command");
    }
    return b;
  }
}
