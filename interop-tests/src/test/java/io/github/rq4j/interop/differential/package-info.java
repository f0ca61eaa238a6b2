/**
 * The same scenario run by RQ's own worker and by ours leaves the same keys, except for what {@link
 * io.github.rq4j.interop.differential.KnownDifference} lists with its reason.
 */
@org.jspecify.annotations.NullMarked
package io.github.rq4j.interop.differential;
