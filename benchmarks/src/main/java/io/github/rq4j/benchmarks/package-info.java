/** Measurements of the codec with JMH. */
@NullMarked
package io.github.rq4j.benchmarks;

import org.jspecify.annotations.NullMarked;
