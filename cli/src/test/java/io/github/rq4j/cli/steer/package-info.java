/** Tests of the commands that change what is queued. */
@NullMarked
package io.github.rq4j.cli.steer;

import org.jspecify.annotations.NullMarked;
