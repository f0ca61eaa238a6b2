package io.github.rq4j.cli.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a worker could run a job.
 *
 * @param source where it was found: a job's id, or a file
 * @param function what it calls; null if it cannot be read
 * @param kind whether it fits
 * @param reason why not; null where it fits
 */
record Verdict(String source, @Nullable String function, Kind kind, @Nullable String reason) {

  /** How it ended. */
  enum Kind {
    /** A function is there and takes the arguments. */
    FITS,
    /** No function is registered under the name. */
    UNKNOWN,
    /** The arguments do not fit the function's parameters. */
    UNBINDABLE,
    /** The bytes cannot be read. */
    UNREADABLE
  }

  /** For JSON. */
  Map<String, @Nullable Object> asMap() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("source", source);
    fields.put("function", function);
    fields.put("verdict", kind.name());
    fields.put("reason", reason);
    return fields;
  }
}
