/** {@code rq4j doctor} and what it looks at. */
@NullMarked
package io.github.rq4j.cli.doctor;

import org.jspecify.annotations.NullMarked;
