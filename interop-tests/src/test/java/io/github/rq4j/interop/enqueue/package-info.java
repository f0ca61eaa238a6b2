/** The same enqueuing in Python and in Java leaves the same keys, apart from times. */
@org.jspecify.annotations.NullMarked
package io.github.rq4j.interop.enqueue;
