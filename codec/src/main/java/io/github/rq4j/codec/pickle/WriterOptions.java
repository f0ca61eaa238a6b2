package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.mapping.TypeMappings;
import java.math.RoundingMode;

/**
 * What a writer may be told.
 *
 * @param protocol 0 to 5
 * @param maxDepth how deeply values may be nested
 * @param policy which classes and functions may be named
 * @param mappings which classes are written as classes of Python
 * @param rounding what to do with times finer than microseconds; {@link RoundingMode#UNNECESSARY}
 *     refuses them
 */
record WriterOptions(
    int protocol, int maxDepth, GlobalPolicy policy, TypeMappings mappings, RoundingMode rounding) {

  WriterOptions withProtocol(int other) {
    return new WriterOptions(other, maxDepth, policy, mappings, rounding);
  }
}
