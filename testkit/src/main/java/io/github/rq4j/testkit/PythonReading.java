package io.github.rq4j.testkit;

import org.jspecify.annotations.Nullable;

/**
 * What Python RQ's own client reads of a job at one moment. Values are as Python shows them, by
 * {@code repr()}: {@code 'text'}, {@code Decimal('1.10')}, {@code None}.
 *
 * @param id the job's id
 * @param status RQ's status, such as {@code queued} or {@code finished}; null if it has none
 * @param result what {@code job.return_value()} gives
 * @param exception the traceback of the last run, if that failed; else null
 * @param meta the job's meta
 */
public record PythonReading(
    String id, @Nullable String status, String result, @Nullable String exception, String meta) {}
