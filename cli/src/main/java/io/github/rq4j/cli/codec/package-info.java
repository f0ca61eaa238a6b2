/** {@code rq4j vectors} and {@code rq4j pickle}: the codec by itself. */
@NullMarked
package io.github.rq4j.cli.codec;

import org.jspecify.annotations.NullMarked;
