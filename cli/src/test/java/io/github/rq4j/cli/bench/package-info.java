/** Tests of the parts of {@code rq4j bench}. */
@NullMarked
package io.github.rq4j.cli.bench;

import org.jspecify.annotations.NullMarked;
