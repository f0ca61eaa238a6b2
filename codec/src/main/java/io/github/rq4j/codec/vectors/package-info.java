/**
 * Checks the codec against golden vectors: payloads that Python wrote, each with a description of
 * its value in tagged JSON.
 */
@NullMarked
package io.github.rq4j.codec.vectors;

import org.jspecify.annotations.NullMarked;
