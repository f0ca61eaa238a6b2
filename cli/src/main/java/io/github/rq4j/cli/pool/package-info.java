/** {@code rq4j worker-pool}: processes of workers, kept alive. */
@NullMarked
package io.github.rq4j.cli.pool;

import org.jspecify.annotations.NullMarked;
