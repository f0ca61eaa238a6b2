package io.github.rq4j.cli.bench;

import java.time.Duration;

/**
 * How long a drain is looked at. Immutable.
 *
 * @param warmUp how long jobs are run before it counts, from the first that ended, for which a
 *     worker has all of its horses; at most till a third of them have ended
 * @param window how long it counts, at most
 * @param limit how long a drain may take before it counts as failed
 */
record Pace(Duration warmUp, Duration window, Duration limit) {}
