/** Tests. */
@NullMarked
package io.github.rq4j.codec.binding;

import org.jspecify.annotations.NullMarked;
