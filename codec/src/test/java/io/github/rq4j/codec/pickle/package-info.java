/** Tests. */
@NullMarked
package io.github.rq4j.codec.pickle;

import org.jspecify.annotations.NullMarked;
