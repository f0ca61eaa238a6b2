/**
 * A JUnit 5 extension with which a project proves that its Java functions run what Python enqueues,
 * and its Python functions what Java enqueues: {@link io.github.rq4j.testkit.RqTestkit}.
 *
 * <p>{@link io.github.rq4j.testkit.ManualWorker} runs jobs in the test's thread under a clock that
 * the test moves; {@link io.github.rq4j.testkit.RealPython} is Python with the RQ of one's choice;
 * {@link io.github.rq4j.testkit.RecordedPayloads} replays calls that Python recorded, without
 * Python and Redis.
 */
@NullMarked
package io.github.rq4j.testkit;

import org.jspecify.annotations.NullMarked;
