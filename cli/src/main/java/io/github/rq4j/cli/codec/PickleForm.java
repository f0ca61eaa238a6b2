package io.github.rq4j.cli.codec;

import io.github.rq4j.cli.console.CommandFailure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** The forms in which people come by a pickle. */
public enum PickleForm {
  /** Whatever of the others it looks like. */
  AUTO,
  /** The pickle itself. */
  RAW,
  /** Inside a zlib stream, as RQ keeps jobs. */
  ZLIB,
  /** As hexadecimal text of a pickle or of a zlib stream. */
  HEX,
  /** As base64 text of a pickle or of a zlib stream, as RQ keeps results. */
  BASE64;

  /** A pickle ends with it. */
  private static final byte STOP = '.';

  private static final int LARGEST = 1 << 30;
  private static final int BUFFER = 1 << 16;

  /** The form of that name, in small letters. */
  static PickleForm ofName(String option, String name) {
    for (PickleForm form : values()) {
      if (form.name().toLowerCase(Locale.ROOT).equals(name)) {
        return form;
      }
    }
    throw CommandFailure.misuse(
        option + " must be auto, raw, zlib, hex or base64, not '" + name + "'");
  }

  /**
   * The pickle in the input.
   *
   * @throws CommandFailure if the input does not have this form
   */
  public byte[] pickle(byte[] input) {
    if (withoutSpace(input).isEmpty()) {
      throw CommandFailure.failure("the input is empty; Redis shows so what is not there");
    }
    return switch (this) {
      case AUTO -> detect(input);
      case RAW -> input;
      case ZLIB -> required(inflate(input), "no whole zlib stream");
      case HEX -> inflatedOrAsIs(required(fromHex(input), "no hexadecimal text"));
      case BASE64 -> inflatedOrAsIs(required(fromBase64(input), "no base64 text"));
    };
  }

  /** Text is told from a pickle by its end: neither hex nor base64 has the dot in its alphabet. */
  private static byte[] detect(byte[] input) {
    for (byte @Nullable [] decoded : new byte @Nullable [][] {fromHex(input), fromBase64(input)}) {
      byte[] pickle = decoded == null ? null : inflatedOrAsIs(decoded);
      if (pickle != null && pickle.length > 0 && pickle[pickle.length - 1] == STOP) {
        return pickle;
      }
    }
    return inflatedOrAsIs(input);
  }

  private static byte[] required(byte @Nullable [] bytes, String problem) {
    if (bytes == null) {
      throw CommandFailure.failure("the input is " + problem);
    }
    return bytes;
  }

  private static byte[] inflatedOrAsIs(byte[] bytes) {
    byte[] inflated = inflate(bytes);
    return inflated != null ? inflated : bytes;
  }

  private static byte @Nullable [] fromHex(byte[] input) {
    try {
      return HexFormat.of().parseHex(withoutSpace(input));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static byte @Nullable [] fromBase64(byte[] input) {
    try {
      return Base64.getDecoder().decode(withoutSpace(input));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String withoutSpace(byte[] input) {
    return new String(input, StandardCharsets.ISO_8859_1).replaceAll("\\s", "");
  }

  /** What a zlib stream holds; null if the bytes are none. */
  private static byte @Nullable [] inflate(byte[] bytes) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(bytes);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[BUFFER];
      while (!inflater.finished()) {
        int got = inflater.inflate(buffer);
        if (got == 0 && !inflater.finished()) {
          return null;
        }
        out.write(buffer, 0, got);
        if (out.size() > LARGEST) {
          throw CommandFailure.failure(
              "the zlib stream inflates to more than " + LARGEST + " bytes");
        }
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      return null;
    } finally {
      inflater.end();
    }
  }

  /** A zlib stream of the bytes, as RQ makes it. */
  static byte[] deflate(byte[] bytes) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[BUFFER];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /** The bytes as they are, or as a line of text. */
  byte[] output(byte[] bytes) {
    return switch (this) {
      case HEX -> line(HexFormat.of().formatHex(bytes));
      case BASE64 -> line(Base64.getEncoder().encodeToString(bytes));
      case AUTO, RAW, ZLIB -> Arrays.copyOf(bytes, bytes.length);
    };
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.US_ASCII);
  }
}
