package io.github.rq4j.interop.matrix;

import org.junit.jupiter.params.provider.MethodSource;

/** Python RQ enqueues, one Java worker runs, Python RQ reads: in every cell of the matrix. */
@MethodSource("io.github.rq4j.interop.matrix.Place#cells")
class PythonToJavaMatrixTest extends PythonToJavaScenarios {}
