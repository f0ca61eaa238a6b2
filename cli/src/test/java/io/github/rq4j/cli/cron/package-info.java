@NullMarked
package io.github.rq4j.cli.cron;

import org.jspecify.annotations.NullMarked;
