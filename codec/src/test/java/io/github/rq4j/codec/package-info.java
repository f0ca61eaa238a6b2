/** Tests. */
@NullMarked
package io.github.rq4j.codec;

import org.jspecify.annotations.NullMarked;
