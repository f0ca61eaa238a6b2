/** {@code rq4j worker}: a Java worker as a command, with the options of {@code rq worker}. */
@NullMarked
package io.github.rq4j.cli.worker;

import org.jspecify.annotations.NullMarked;
