/**
 * The programs and snippets that the documentation shows, run against real Redis and Python, and
 * the checks that hold the documentation to them.
 *
 * <p>What stands between {@code // docs:begin name} and {@code // docs:end name} may be quoted in
 * README.md and docs/, word for word.
 */
@NullMarked
package io.github.rq4j.interop.examples;

import org.jspecify.annotations.NullMarked;
