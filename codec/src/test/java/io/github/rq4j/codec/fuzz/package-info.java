/**
 * Fuzz targets: whatever the bytes, a value that can be used, or one of the codec's exceptions.
 * Without a fuzzer they run on the inputs that lie in the test resources.
 */
@NullMarked
package io.github.rq4j.codec.fuzz;

import org.jspecify.annotations.NullMarked;
