package io.github.rq4j.codec;

import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Text as RQ keeps it in the field {@code exc_info} of a job hash since 0.10, and, as base64, in
 * {@code exc_string} of a result: a zlib stream of UTF-8.
 */
public final class CompressedText {
  private CompressedText() {}

  /**
   * Deflates a text. A lone surrogate, which UTF-8 does not have, is written as an escape such as
   * {@code \\udc80}, so that every Python can decode what it reads.
   */
  public static byte[] compress(String text) {
    byte[] plain = escapeLoneSurrogates(text).getBytes(StandardCharsets.UTF_8);
    Deflater deflater = Zlib.newDeflater();
    try {
      return Zlib.deflate(deflater, plain);
    } finally {
      deflater.end();
    }
  }

  /**
   * Reads a text as RQ does: bytes that are no whole zlib stream are taken as the text itself,
   * which is how RQ before 0.10 stored it. What is not UTF-8 reads as U+FFFD.
   *
   * @throws MalformedPayloadException if the text exceeds a limit; for no other reason
   */
  public static String expand(byte[] stored, CodecLimits limits) {
    Inflater inflater = new Inflater();
    try {
      byte[] plain = Zlib.inflate(inflater, stored, limits).bytes();
      return new String(plain != null ? plain : stored, StandardCharsets.UTF_8);
    } finally {
      inflater.end();
    }
  }

  private static String escapeLoneSurrogates(String text) {
    if (text.codePoints().noneMatch(CompressedText::isSurrogate)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            codePoint -> {
              if (isSurrogate(codePoint)) {
                escaped.append("\\u").append(Integer.toHexString(codePoint));
              } else {
                escaped.appendCodePoint(codePoint);
              }
            });
    return escaped.toString();
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
