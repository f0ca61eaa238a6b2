/** {@code rq4j stubs}: Python modules by which Python code enqueues Java functions. */
@NullMarked
package io.github.rq4j.cli.stubs;

import org.jspecify.annotations.NullMarked;
