/**
 * {@code rq4j bench}: real Python RQ and Java workers drain the same jobs, one after the other on
 * one Redis, and what that costs is measured from outside: by the server's own counters, the
 * kernel's, and a clock.
 *
 * <p>{@code BenchCommand} reads the options into a {@code Plan}, which a {@code Benchmark} carries
 * out on a {@code BenchRedis}. Each kind of measurement has a class: {@code DrainMeasurement},
 * {@code FloorMeasurement}, {@code SteadyMeasurement}, {@code StartMeasurement}, {@code
 * EnqueueMeasurement} and {@code BacklogMeasurement}. It starts a {@code Contestant} as a {@code
 * ProcessFamily} and gives a {@code Measurement}; its {@code Figure}s go into {@code Results}, of
 * which {@code Targets}, {@code ResultTables}, {@code BarChart} and {@code ResultJson} make what is
 * reported.
 */
@NullMarked
package io.github.rq4j.cli.bench;

import org.jspecify.annotations.NullMarked;
