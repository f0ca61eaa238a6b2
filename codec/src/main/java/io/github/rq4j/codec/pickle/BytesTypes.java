package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.pickle.KnownTypes.Maker;
import io.github.rq4j.codec.python.PythonByteArray;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonTuple;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ways in which protocols without an opcode for them write bytes and byte arrays. */
final class BytesTypes {
  private static final byte[] NOTHING = new byte[0];

  /** Any of these between the letters and digits of an encoding's name is the same to Python. */
  private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9.]+");

  private BytesTypes() {}

  static void register(Map<PythonGlobal, Maker> makers) {
    makers.put(new PythonGlobal("builtins", "bytes"), BytesTypes::bytes);
    makers.put(new PythonGlobal("builtins", "bytearray"), BytesTypes::byteArray);
    makers.put(new PythonGlobal("_codecs", "encode"), BytesTypes::encode);
  }

  private static @Nullable Object bytes(PythonTuple args, CodecLimits limits) throws BadArguments {
    byte[] content = content(args, "builtins.bytes");
    return content == null ? null : PythonBytes.fromArray(content);
  }

  private static @Nullable Object byteArray(PythonTuple args, CodecLimits limits)
      throws BadArguments {
    byte[] content = content(args, "builtins.bytearray");
    return content == null ? null : PythonByteArray.fromArray(content);
  }

  private static byte @Nullable [] content(PythonTuple args, String type) throws BadArguments {
    if (args.isEmpty()) {
      return NOTHING;
    }
    Object source = args.get(0);
    if (args.size() == 2 && source instanceof String text) {
      return encoded(text, args.get(1), type);
    }
    if (args.size() != 1 || source == null || source instanceof String) {
      throw BadArguments.of(type);
    }
    if (source instanceof PythonBytes bytes) {
      return bytes.toByteArray();
    }
    if (source instanceof PythonByteArray bytes) {
      return bytes.toByteArray();
    }
    return source instanceof PythonList numbers ? ofNumbers(numbers, type) : null;
  }

  private static byte[] ofNumbers(PythonList numbers, String type) throws BadArguments {
    byte[] bytes = new byte[numbers.size()];
    for (int i = 0; i < bytes.length; i++) {
      if (!(numbers.get(i) instanceof Long number) || number < 0 || number > 255) {
        throw BadArguments.of(type);
      }
      bytes[i] = number.byteValue();
    }
    return bytes;
  }

  private static @Nullable Object encode(PythonTuple args, CodecLimits limits) throws BadArguments {
    if (args.size() == 2 && args.get(0) instanceof String text) {
      return PythonBytes.fromArray(encoded(text, args.get(1), "_codecs.encode"));
    }
    if (args.isEmpty() || args.get(0) instanceof String || args.get(0) instanceof PythonObject) {
      return null;
    }
    throw BadArguments.of("_codecs.encode");
  }

  private static byte[] encoded(String text, @Nullable Object encoding, String type)
      throws BadArguments {
    if (!(encoding instanceof String name)) {
      throw BadArguments.of(type);
    }
    Charset charset =
        switch (SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("_")) {
          case "latin1", "latin_1", "iso_8859_1", "iso8859_1" -> StandardCharsets.ISO_8859_1;
          case "utf8", "utf_8" -> StandardCharsets.UTF_8;
          case "ascii", "us_ascii" -> StandardCharsets.US_ASCII;
          default -> throw new UnsupportedValueException("the encoding of the bytes is not known");
        };
    if (!charset.newEncoder().canEncode(text)) {
      throw BadArguments.of(type);
    }
    return text.getBytes(charset);
  }
}
