/** {@code rq4j info}. */
@NullMarked
package io.github.rq4j.cli.info;

import org.jspecify.annotations.NullMarked;
