package io.github.rq4j.codec.pickle;

import java.util.stream.IntStream;

/** The texts of one character up to U+00FF, of which Python has one object each, as has Java. */
final class Latin1 {
  static final int SIZE = 256;

  private static final String[] TEXTS =
      IntStream.range(0, SIZE)
          .mapToObj(unit -> String.valueOf((char) unit).intern())
          .toArray(String[]::new);

  private Latin1() {}

  /** The text of a character below {@link #SIZE}. */
  static String text(int character) {
    return TEXTS[character];
  }
}
