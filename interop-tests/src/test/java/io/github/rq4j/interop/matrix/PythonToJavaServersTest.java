package io.github.rq4j.interop.matrix;

import org.junit.jupiter.params.provider.MethodSource;

/** Python RQ enqueues, one Java worker runs, Python RQ reads: on each Redis server. */
@MethodSource("io.github.rq4j.interop.matrix.Place#servers")
class PythonToJavaServersTest extends PythonToJavaScenarios {}
