/**
 * A real Redis server and real Python environments on this machine, for demonstrations and tests.
 *
 * <p>{@link io.github.rq4j.local.LocalRedis} runs a {@code redis-server} on a free loopback port;
 * {@link io.github.rq4j.local.PythonEnvironment} is a cached virtualenv. Nothing here is meant for
 * production use.
 */
@NullMarked
package io.github.rq4j.local;

import org.jspecify.annotations.NullMarked;
