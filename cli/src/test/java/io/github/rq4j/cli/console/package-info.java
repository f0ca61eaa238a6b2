/** Tests of what the commands share. */
@NullMarked
package io.github.rq4j.cli.console;

import org.jspecify.annotations.NullMarked;
