/** Tests of the parts of {@code rq4j demo}. */
@NullMarked
package io.github.rq4j.cli.demo;

import org.jspecify.annotations.NullMarked;
