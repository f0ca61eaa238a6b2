/**
 * JSON as Python's module {@code json} writes and reads it, which is RQ's {@code JSONSerializer}.
 */
@NullMarked
package io.github.rq4j.codec.json;

import org.jspecify.annotations.NullMarked;
