/** Bytes and Java values: pickle, zlib, JSON and RQ's job tuple. */
@NullMarked
package io.github.rq4j.codec;

import org.jspecify.annotations.NullMarked;
