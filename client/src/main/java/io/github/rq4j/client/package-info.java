/** RQ's queues, jobs and results from Java: enqueue, look, wait. Start at {@link RqClient}. */
@NullMarked
package io.github.rq4j.client;

import org.jspecify.annotations.NullMarked;
