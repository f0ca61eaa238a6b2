/**
 * How rq4j's own modules talk to Redis: raw commands, pipelines and atomic scripts. Public only
 * because the worker lives in another module; applications use {@link
 * io.github.rq4j.client.RqClient}.
 */
@NullMarked
package io.github.rq4j.client.redis;

import org.jspecify.annotations.NullMarked;
