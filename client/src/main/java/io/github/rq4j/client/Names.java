package io.github.rq4j.client;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What RQ accepts as ids, dotted names and texts. */
final class Names {
  private static final Pattern JOB_ID = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern DOTTED =
      Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*(\\.[\\p{L}_][\\p{L}\\p{N}_]*)*");

  private Names() {}

  /**
   * Lets an id through that RQ 2.8 and later take.
   *
   * @throws IllegalArgumentException if it has anything but letters, digits, {@code _} and {@code
   *     -}
   */
  static String jobId(String id) {
    if (!JOB_ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "a job id is made of letters, digits, '_' and '-', not '" + id + "'");
    }
    return id;
  }

  /**
   * Lets a name through that Python could import.
   *
   * @throws IllegalArgumentException if it is no sequence of identifiers separated by dots
   */
  static String dotted(String what, String name) {
    if (!DOTTED.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what + " must be the dotted name of a Python function, not '" + name + "'");
    }
    return name;
  }

  /**
   * Lets a queue's name through that jobs may be put into.
   *
   * @throws IllegalArgumentException if it is that of the list through which a worker of RQ takes
   *     jobs off another queue: maintenance would fail what lies there
   */
  static String queueToFill(String name) {
    return unlike("the name of a queue for jobs", name, ":intermediate");
  }

  /**
   * Lets a text through that has a form in UTF-8 and at least one character.
   *
   * @throws IllegalArgumentException if it is empty or has half of a surrogate pair
   */
  static String filled(String what, String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(what + " must not be empty");
    }
    return text(what, text);
  }

  /**
   * Lets a name through whose key in Redis is not that of something else of RQ's.
   *
   * @param taken ends of names that RQ itself gives
   * @throws IllegalArgumentException if it has such an end, is empty, or has half of a surrogate
   *     pair
   */
  static String unlike(String what, String name, String... taken) {
    for (String end : taken) {
      if (name.endsWith(end)) {
        throw new IllegalArgumentException(
            what + " must not end with '" + end + "': RQ keeps something else under that key");
      }
    }
    return filled(what, name);
  }

  /**
   * Lets a text through that has a form in UTF-8.
   *
   * @throws IllegalArgumentException if it has half of a surrogate pair
   */
  static String text(String what, String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          what + " holds half of a surrogate pair, which no UTF-8 text can");
    }
    return text;
  }
}
