/** Tests. */
@NullMarked
package io.github.rq4j.codec.python;

import org.jspecify.annotations.NullMarked;
