/** The cross-language suite: real Redis, real Python RQ, both directions. */
@NullMarked
package io.github.rq4j.interop;

import org.jspecify.annotations.NullMarked;
