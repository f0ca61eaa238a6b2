package io.github.rq4j.cli.doctor;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param grade how bad it is
 * @param check what was looked at, in a word
 * @param text what was found
 * @param advice what to do about it; null where nothing needs to be done
 */
record Finding(Grade grade, String check, String text, @Nullable String advice) {

  /** How bad something is. */
  enum Grade {
    /** As it should be. */
    OK,
    /** Good to know. */
    NOTE,
    /** May lose jobs or delay them. */
    WARNING,
    /** Keeps RQ from working, or loses jobs. */
    PROBLEM
  }

  static Finding ok(String check, String text) {
    return new Finding(Grade.OK, check, text, null);
  }

  static Finding note(String check, String text, String advice) {
    return new Finding(Grade.NOTE, check, text, advice);
  }

  static Finding warning(String check, String text, String advice) {
    return new Finding(Grade.WARNING, check, text, advice);
  }

  static Finding problem(String check, String text, String advice) {
    return new Finding(Grade.PROBLEM, check, text, advice);
  }

  /** Whether something needs to be done. */
  boolean isBad() {
    return grade.compareTo(Grade.WARNING) >= 0;
  }

  /** For JSON. */
  Map<String, @Nullable Object> asMap() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("grade", grade.name());
    fields.put("check", check);
    fields.put("text", text);
    fields.put("advice", advice);
    return fields;
  }
}
