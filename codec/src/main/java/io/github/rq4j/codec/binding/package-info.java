/** Decoded Python values become the Java types that an application declares. */
@NullMarked
package io.github.rq4j.codec.binding;

import org.jspecify.annotations.NullMarked;
