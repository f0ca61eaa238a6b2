/**
 * The promise that no job is lost, point by point: worker processes that are killed, connections
 * that break, servers that go away, all of it many times at random. What each test shows stands in
 * {@code docs/reliability.md}.
 */
@NullMarked
package io.github.rq4j.interop.reliability;

import org.jspecify.annotations.NullMarked;
