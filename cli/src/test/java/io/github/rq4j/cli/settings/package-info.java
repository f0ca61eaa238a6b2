/** Tests of the shared options. */
@NullMarked
package io.github.rq4j.cli.settings;

import org.jspecify.annotations.NullMarked;
