package io.github.rq4j.interop.matrix;

/** What is tried in each cell of the matrix, in the order of the page. */
enum Scenario {
  SUCCESS("success", "0.4"),
  TYPES("every type family", "0.4"),
  NOTHING("None", "0.4"),
  FAILURE("failure", "0.4"),
  TIMEOUT("timeout", "0.4"),
  META("meta of both sides", "0.4"),
  RETRY("retry", "1.5"),
  SCHEDULED("scheduled", "1.2"),
  DEPENDENCIES("dependencies across languages", "0.6"),
  RESULT_TTL("result_ttl", "0.4"),
  CANCEL("cancel", "0.4"),
  REQUEUE("requeue by the other side", "0.4"),
  ABANDONED("abandoned by a worker that died", "0.5"),
  STOP("stop command", "1.8"),
  JSON("JSON serializer", "1.7"),
  CALLBACKS("callbacks", "1.9"),
  GROUP("group", "2.0"),
  DECORATOR("job decorator", "0.4"),
  SYNCHRONOUS("sync queue", "0.4"),
  NON_ASCII("non-ASCII", "0.4"),
  LARGE("20 MB", "0.4"),
  MIXTURE("1,000 jobs mixed", "0.4"),
  READABLE("all keys readable", "0.4");

  private final String text;
  private final String since;

  Scenario(String text, String since) {
    this.text = text;
    this.since = since;
  }

  /** What the page calls it. */
  String text() {
    return text;
  }

  /** The first release of RQ that has what it needs. */
  String since() {
    return since;
  }
}
