/** Tests of what declared Java types accept. */
@NullMarked
package io.github.rq4j.codec.binding;

import org.jspecify.annotations.NullMarked;
