package io.github.rq4j.codec.pickle;

import java.math.RoundingMode;

/**
 * What a writer may be told.
 *
 * @param protocol 0 to 5
 * @param maxDepth how deeply values may be nested
 * @param policy which classes and functions may be named
 * @param rounding what to do with times finer than microseconds; {@link RoundingMode#UNNECESSARY}
 *     refuses them
 */
record WriterOptions(int protocol, int maxDepth, GlobalPolicy policy, RoundingMode rounding) {}
