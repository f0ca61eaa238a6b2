/** Which Java classes stand for which Python classes, for reading and for writing. */
@NullMarked
package io.github.rq4j.codec.mapping;

import org.jspecify.annotations.NullMarked;
