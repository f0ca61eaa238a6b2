/** Tests of job tuples, recorded payloads, limits and texts. */
@NullMarked
package io.github.rq4j.codec;

import org.jspecify.annotations.NullMarked;
