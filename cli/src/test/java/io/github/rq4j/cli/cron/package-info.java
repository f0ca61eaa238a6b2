/** Tests of {@code rq4j cron}. */
@NullMarked
package io.github.rq4j.cli.cron;

import org.jspecify.annotations.NullMarked;
