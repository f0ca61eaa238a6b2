/**
 * {@code rq4j bench}: real Python RQ and Java workers drain the same jobs, one after the other on
 * one Redis, and what that costs is measured from outside: by the server's own counters, the
 * kernel's, and a clock.
 */
@NullMarked
package io.github.rq4j.cli.bench;

import org.jspecify.annotations.NullMarked;
