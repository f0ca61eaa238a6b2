/** Tests of the pickle machine and of the pickler, many beside CPython's. */
@NullMarked
package io.github.rq4j.codec.pickle;

import org.jspecify.annotations.NullMarked;
