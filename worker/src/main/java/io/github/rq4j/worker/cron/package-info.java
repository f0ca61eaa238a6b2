/**
 * Enqueues jobs again and again, at intervals or at the times of a cron expression, as {@code rq
 * cron} does.
 */
@NullMarked
package io.github.rq4j.worker.cron;

import org.jspecify.annotations.NullMarked;
