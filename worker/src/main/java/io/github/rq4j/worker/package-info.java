/** Runs Java functions for the jobs of RQ's queues. Start at {@link RqWorker}. */
@NullMarked
package io.github.rq4j.worker;

import org.jspecify.annotations.NullMarked;
