/** The commands beside those of RQ: same command line, same output, same keys. */
@NullMarked
package io.github.rq4j.interop.command;

import org.jspecify.annotations.NullMarked;
