package io.github.rq4j.codec.pickle;

import java.util.HexFormat;

/** Text as protocol 0 has it on a line: Latin-1, with everything else and line ends escaped. */
final class RawUnicodeEscape {
  private static final HexFormat HEX = HexFormat.of();

  private RawUnicodeEscape() {}

  static String encode(String text) {
    StringBuilder line = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            point -> {
              if (point > 0xffff) {
                line.append("\\U").append(HEX.toHexDigits(point));
              } else if (point > 0xff || isEscaped(point)) {
                line.append("\\u").append(HEX.toHexDigits((char) point));
              } else {
                line.append((char) point);
              }
            });
    return line.toString();
  }

  /** The backslash, and what a line, or a file in text mode on Windows, might end at. */
  private static boolean isEscaped(int point) {
    return point == '\\' || point == 0 || point == '\n' || point == '\r' || point == 0x1a;
  }
}
