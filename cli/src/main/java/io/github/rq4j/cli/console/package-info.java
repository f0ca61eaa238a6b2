/** What a subcommand has of the outside world: streams, environment, log output, exit codes. */
@NullMarked
package io.github.rq4j.cli.console;

import org.jspecify.annotations.NullMarked;
