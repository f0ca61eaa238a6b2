/** The {@code rq4j} command: its entrance and what all its subcommands share. */
@NullMarked
package io.github.rq4j.cli;

import org.jspecify.annotations.NullMarked;
