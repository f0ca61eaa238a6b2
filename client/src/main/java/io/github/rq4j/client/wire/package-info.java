/**
 * The one place for RQ's names and forms in Redis: keys, hash fields, timestamps. Public only
 * because the worker lives in another module; applications use {@link
 * io.github.rq4j.client.RqClient}.
 */
@NullMarked
package io.github.rq4j.client.wire;

import org.jspecify.annotations.NullMarked;
