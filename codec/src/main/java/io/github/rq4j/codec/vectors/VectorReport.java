package io.github.rq4j.codec.vectors;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the vectors of one file.
 *
 * @param vectors how many there are
 * @param decoded how many were read and found as described, or refused as they should be
 * @param encoded how many were written with the very bytes that Python wrote
 * @param ambiguous the ids of those read as described but not written as Python did, because they
 *     hold a {@code str} of two surrogates that Java's text cannot tell from one character; no
 *     failures
 * @param failures what is wrong with the others
 */
public record VectorReport(
    int vectors, int decoded, int encoded, List<String> ambiguous, List<Failure> failures) {

  /**
   * A vector that did not turn out as described.
   *
   * @param id the vector
   * @param problem what happened instead; no content
   */
  public record Failure(String id, String problem) {}

  /** Copies the lists. */
  public VectorReport {
    ambiguous = List.copyOf(ambiguous);
    failures = List.copyOf(failures);
  }

  /** Counts one vector after the other. */
  static final class Builder {
    private int vectors;
    private int decoded;
    private int encoded;
    private final List<String> ambiguous = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    void decoded(String id, @Nullable String problem) {
      vectors++;
      if (problem == null) {
        decoded++;
      } else {
        failed(id, problem);
      }
    }

    void encoded() {
      encoded++;
    }

    void ambiguous(String id) {
      ambiguous.add(id);
    }

    void failed(String id, String problem) {
      failures.add(new Failure(id, problem));
    }

    VectorReport build() {
      return new VectorReport(vectors, decoded, encoded, ambiguous, failures);
    }
  }
}
