/**
 * JUnit 5 extensions that give tests a real Redis and a real Python RQ.
 *
 * <p>{@link io.github.rq4j.testservers.WithRedis} and {@link
 * io.github.rq4j.testservers.WithPythonRq} on a test class make {@link
 * io.github.rq4j.testservers.TestRedis} and {@link io.github.rq4j.testservers.PythonRq} parameters
 * of its tests.
 */
@NullMarked
package io.github.rq4j.testservers;

import org.jspecify.annotations.NullMarked;
