/** Tests of the parts of {@code rq4j worker}. */
@NullMarked
package io.github.rq4j.cli.worker;

import org.jspecify.annotations.NullMarked;
