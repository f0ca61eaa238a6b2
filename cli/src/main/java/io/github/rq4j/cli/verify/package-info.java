/** {@code rq4j verify}. */
@NullMarked
package io.github.rq4j.cli.verify;

import org.jspecify.annotations.NullMarked;
