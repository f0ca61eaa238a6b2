/**
 * {@code rq4j demo}: a story told while it happens. {@link io.github.rq4j.cli.demo.DemoTasks} is
 * the example to copy from: plain Java methods that Python jobs run.
 */
@NullMarked
package io.github.rq4j.cli.demo;

import org.jspecify.annotations.NullMarked;
