/** {@code rq4j tail}. */
@NullMarked
package io.github.rq4j.cli.tail;

import org.jspecify.annotations.NullMarked;
