/** Tests of registered pairs of Python and Java classes. */
@NullMarked
package io.github.rq4j.codec.mapping;

import org.jspecify.annotations.NullMarked;
