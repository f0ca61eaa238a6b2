package io.github.rq4j.cli.enqueue;

/** The text of a literal and the place in it, with what Python skips between its parts. */
final class LiteralInput {
  /** Stands for the end. */
  static final int END = -1;

  private final String text;
  private int at;
  private int brackets;

  LiteralInput(String text) {
    // Python reads every end of a line as this one.
    this.text = text.replace("\r\n", "\n").replace('\r', '\n');
  }

  int peek() {
    return peek(0);
  }

  int peek(int further) {
    return at + further < text.length() ? text.charAt(at + further) : END;
  }

  int next() {
    int c = peek();
    if (c != END) {
      at++;
    }
    return c;
  }

  boolean isNext(String expected) {
    return text.startsWith(expected, at);
  }

  boolean take(char expected) {
    if (peek() != expected) {
      return false;
    }
    at++;
    return true;
  }

  boolean take(String expected) {
    if (!isNext(expected)) {
      return false;
    }
    at += expected.length();
    return true;
  }

  void expect(char expected) {
    if (!take(expected)) {
      throw failure("'" + expected + "' expected");
    }
  }

  /** Lines may end from here on. */
  void open() {
    brackets++;
  }

  void close() {
    brackets--;
  }

  /** Whether another value follows, not the end of the text, of a line or of a bracket. */
  boolean isAtValue() {
    skipBlanks();
    int c = peek();
    return c != END && c != ')' && c != '\n' && c != '#';
  }

  /** An identifier; empty if there is none. */
  String name() {
    int start = at;
    while (isNamePart(peek())) {
      at++;
    }
    return text.substring(start, at);
  }

  static boolean isNamePart(int c) {
    return c != END && Character.isJavaIdentifierPart(c) && c != '$';
  }

  void skipBlanks() {
    while (true) {
      int c = peek();
      if (c == ' ' || c == '\t' || c == '\f' || (brackets > 0 && c == '\n')) {
        at++;
      } else if (c == '\\' && peek(1) == '\n') {
        at += 2;
      } else if (c == '#' && brackets > 0) {
        skipComment();
      } else {
        return;
      }
    }
  }

  private void skipComment() {
    while (peek() != END && peek() != '\n') {
      at++;
    }
  }

  /** Only comments and the ends of lines may be left. */
  void skipToEnd() {
    open();
    skipBlanks();
    if (peek() != END) {
      throw failure("the end expected");
    }
  }

  IllegalArgumentException failure(String why) {
    return new IllegalArgumentException(why + ", at character " + (at + 1));
  }
}
