/** Tests of reading and writing JSON as Python does. */
@NullMarked
package io.github.rq4j.codec.json;

import org.jspecify.annotations.NullMarked;
