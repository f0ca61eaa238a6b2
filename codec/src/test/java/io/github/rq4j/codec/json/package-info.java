/** Tests. */
@NullMarked
package io.github.rq4j.codec.json;

import org.jspecify.annotations.NullMarked;
