/**
 * How rq4j's own modules talk to Redis: raw commands, pipelines and atomic scripts. Applications
 * use {@link io.github.rq4j.client.redis.RedisSettings}, {@link
 * io.github.rq4j.client.redis.TlsSettings} and {@link
 * io.github.rq4j.client.redis.JedisConnections}; the rest is public only because the worker lives
 * in another module.
 */
@NullMarked
package io.github.rq4j.client.redis;

import org.jspecify.annotations.NullMarked;
