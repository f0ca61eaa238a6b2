/** What jobs cost Redis, and that it does not become more. */
@NullMarked
package io.github.rq4j.worker.cost;

import org.jspecify.annotations.NullMarked;
