package io.github.rq4j.interop.matrix;

import org.junit.jupiter.params.provider.MethodSource;

/** One Java client enqueues, Python RQ's worker runs, Java reads: on each Redis server. */
@MethodSource("io.github.rq4j.interop.matrix.Place#servers")
class JavaToPythonServersTest extends JavaToPythonScenarios {}
