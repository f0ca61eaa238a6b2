/**
 * Payloads with a signature, so that a worker parses only what somebody with a key has written.
 * Optional: plain RQ signs nothing.
 */
@NullMarked
package io.github.rq4j.codec.signed;

import org.jspecify.annotations.NullMarked;
