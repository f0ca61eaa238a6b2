/** Tests of Python's own types: equality, text, immutability. */
@NullMarked
package io.github.rq4j.codec.python;

import org.jspecify.annotations.NullMarked;
