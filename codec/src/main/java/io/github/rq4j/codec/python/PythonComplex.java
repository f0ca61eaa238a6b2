package io.github.rq4j.codec.python;

/**
 * A Python {@code complex} number. Equal when both parts have the same bits, as {@link Double}s
 * are.
 *
 * @param real the real part
 * @param imaginary the imaginary part
 */
public record PythonComplex(double real, double imaginary) {}
