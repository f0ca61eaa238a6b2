package io.github.rq4j.interop.differential;

import io.github.rq4j.interop.keyspace.Difference;
import java.util.regex.Pattern;

/**
 * A place where the two keyspaces may differ, and why. The table in {@code docs/differences.md} has
 * a row for each.
 */
enum KnownDifference {
  RESULT_IN_THE_HASH(
      "rq:job:\\w+ result",
      "<absent>",
      ".*",
      "job hash, `result`",
      "also written",
      "clients before RQ 1.12 and some dashboards read it there"),
  TRACEBACK_IN_THE_HASH(
      "rq:job:\\w+ exc_info",
      "<absent>|",
      ".*",
      "job hash, `exc_info`",
      "also written",
      "clients before RQ 1.12 and some dashboards read it there"),
  RESULTS_OF_A_FAILED_JOB_EXPIRE(
      "rq:results:\\w+ expiry",
      "none",
      "now.*",
      "result stream of a failed job without failure TTL, expiry",
      "that of the job",
      "RQ keeps it for ever; every key of ours has an end"),
  WORKING_TIME_OF_THE_CURRENT_JOB(
      "rq:worker:\\w+ current_job_working_time",
      "<absent>",
      "0",
      "worker hash, `current_job_working_time`",
      "0 while idle",
      "RQ 2.x writes and shows it, 3.0 no longer does"),
  UNKNOWN_FUNCTION(
      "rq:results:\\w+ #\\d+ exc_string",
      "ValueError: Invalid attribute name: .*",
      "ValueError: Invalid attribute name: .* \\(no Java function is registered .*",
      "traceback of an unknown function, last line",
      "the whole name, and what to do",
      "RQ names the last part of the name only"),
  UNREADABLE_DATA(
      "rq:results:\\w+ #\\d+ exc_string",
      "rq.exceptions.DeserializationError",
      "rq.exceptions.DeserializationError: .*",
      "traceback of unreadable data, last line",
      "says what is wrong where",
      "RQ says it in the traceback's first part"),
  DATA_STAYS_AS_IT_WAS(
      "rq:job:\\w+ data",
      ".*",
      ".*",
      "job hash, `data` that cannot be read",
      "as it was",
      "RQ writes all fields anew at the end and compresses it, we write what changed"),
  NOTHING_IN_TRANSIT(
      "rq:queue:\\w+:intermediate .*",
      ".*",
      "<absent>",
      "intermediate queue, id of a job that is gone",
      "none",
      "a Java worker has no intermediate queue"),
  NO_DANGLING_FAILURE(
      "rq:failed:\\w+ .*",
      "zset|none|now[+-][0-2]s",
      "<absent>",
      "failed registry, id of a job with a failure TTL of 0",
      "none",
      "RQ leaves it to the next clean-up"),
  NO_STALE_RETRY(
      "rq:job:\\w+ result",
      "0x.*5265747279.*|Unserializable return value",
      "<absent>",
      "job hash, `result` of a job that returned `Retry` too often",
      "none",
      "RQ leaves that of an earlier run"),
  RETRY_IN_JSON(
      "rq:job:\\w+ result",
      "Unserializable return value",
      "\"Unserializable return value\"",
      "job hash, `result` of a job that returned `Retry`, with JSON",
      "`\"Unserializable return value\"`",
      "RQ leaves the quotes out, so that no reader can read the field"),
  NO_TRACE_OF_TRANSIT(
      "rq:queue:\\w+:intermediate:first_seen:\\w+ .*",
      ".*",
      "<absent>",
      "when a stuck job was first seen in the intermediate queue",
      "deleted with the entry",
      "RQ leaves it for a day, in which it counts against the job's next run"),
  START_OF_A_KILLED_RUN(
      "rq:job:\\w+ (last_heartbeat|worker_name)",
      "",
      "<time>|w",
      "job hash, `worker_name` and `last_heartbeat` of a job that was stopped or killed",
      "kept",
      "RQ writes the job as it was before the start"),
  END_OF_A_STOPPED_RUN(
      "rq:job:\\w+ ended_at|rq:results:\\w+ #\\d+ execution_ended_at|rq:worker:\\w+ total_working_time",
      "|<absent>",
      "<time>|now.*|<duration>",
      "when a stopped run ended, and how long it took",
      "stored, and counted as working time",
      "RQ does not note it");

  private final Pattern place;
  private final Pattern theirs;
  private final Pattern ours;
  private final String where;
  private final String what;
  private final String reason;

  KnownDifference(
      String place, String theirs, String ours, String where, String what, String reason) {
    this.place = Pattern.compile(place);
    this.theirs = Pattern.compile(theirs);
    this.ours = Pattern.compile(ours);
    this.where = where;
    this.what = what;
    this.reason = reason;
  }

  boolean covers(Difference difference) {
    return place.matcher(difference.place()).matches()
        && theirs.matcher(difference.theirs()).matches()
        && ours.matcher(difference.ours()).matches();
  }

  /** The row in the documentation's table. */
  String row() {
    return "| " + where + " | " + what + " | " + reason + " |";
  }
}
