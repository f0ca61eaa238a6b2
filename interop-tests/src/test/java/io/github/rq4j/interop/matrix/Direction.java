package io.github.rq4j.interop.matrix;

/** Who enqueues and who runs. */
enum Direction {
  PYTHON_TO_JAVA("Python enqueues, Java runs, Python reads"),
  JAVA_TO_PYTHON("Java enqueues, Python runs, Java reads");

  private final String text;

  Direction(String text) {
    this.text = text;
  }

  /** What the page calls it. */
  String text() {
    return text;
  }
}
