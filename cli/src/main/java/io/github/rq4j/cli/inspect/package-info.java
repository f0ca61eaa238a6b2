/** {@code rq4j inspect}. */
@NullMarked
package io.github.rq4j.cli.inspect;

import org.jspecify.annotations.NullMarked;
