/** {@code rq4j cron} and the file it reads. */
@NullMarked
package io.github.rq4j.cli.cron;

import org.jspecify.annotations.NullMarked;
