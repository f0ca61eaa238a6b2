/** Tests of the check against golden vectors itself. */
@NullMarked
package io.github.rq4j.codec.vectors;

import org.jspecify.annotations.NullMarked;
