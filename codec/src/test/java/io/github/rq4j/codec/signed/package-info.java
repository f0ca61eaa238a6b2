/** Tests of signed payloads. */
@NullMarked
package io.github.rq4j.codec.signed;

import org.jspecify.annotations.NullMarked;
