/** Python's pickle format: protocols 0 to 5, in and out. */
@NullMarked
package io.github.rq4j.codec.pickle;

import org.jspecify.annotations.NullMarked;
