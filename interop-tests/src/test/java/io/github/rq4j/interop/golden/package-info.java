/** What each real release of RQ left in Redis, kept for codec and client, and captured again. */
@NullMarked
package io.github.rq4j.interop.golden;

import org.jspecify.annotations.NullMarked;
