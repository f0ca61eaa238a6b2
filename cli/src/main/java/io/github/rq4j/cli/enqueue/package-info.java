/** {@code rq4j enqueue} and the notation of its arguments. */
@NullMarked
package io.github.rq4j.cli.enqueue;

import org.jspecify.annotations.NullMarked;
