/** The archive of classes that lets commands and workers start faster. */
@NullMarked
package io.github.rq4j.cli.archive;

import org.jspecify.annotations.NullMarked;
