package io.github.rq4j.interop.matrix;

import org.junit.jupiter.params.provider.MethodSource;

/** One Java client enqueues, Python RQ's worker runs, Java reads: in every cell of the matrix. */
@MethodSource("io.github.rq4j.interop.matrix.Place#cells")
class JavaToPythonMatrixTest extends JavaToPythonScenarios {}
