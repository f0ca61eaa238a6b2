/** The commands that change what is queued, and whether workers go on. */
@NullMarked
package io.github.rq4j.cli.steer;

import org.jspecify.annotations.NullMarked;
