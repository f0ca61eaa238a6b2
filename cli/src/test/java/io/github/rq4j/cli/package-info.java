/** Tests of the command line as its user meets it. */
@NullMarked
package io.github.rq4j.cli;

import org.jspecify.annotations.NullMarked;
