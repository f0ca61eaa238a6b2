package io.github.rq4j.client.wire;

/** The fields of a job hash, as RQ 0.4.6 to 3.0 name them. */
public final class JobFields {
  public static final String CREATED_AT = "created_at";
  public static final String DATA = "data";
  public static final String ORIGIN = "origin";
  public static final String DESCRIPTION = "description";
  public static final String ENQUEUED_AT = "enqueued_at";
  public static final String STARTED_AT = "started_at";
  public static final String ENDED_AT = "ended_at";
  public static final String LAST_HEARTBEAT = "last_heartbeat";
  public static final String WORKER_NAME = "worker_name";
  public static final String GROUP_ID = "group_id";
  public static final String TIMEOUT = "timeout";
  public static final String RESULT_TTL = "result_ttl";
  public static final String FAILURE_TTL = "failure_ttl";
  public static final String TTL = "ttl";
  public static final String STATUS = "status";
  public static final String RESULT = "result";
  public static final String EXC_INFO = "exc_info";
  public static final String META = "meta";
  public static final String DEPENDENCY_ID = "dependency_id";
  public static final String DEPENDENCY_IDS = "dependency_ids";
  public static final String ALLOW_DEPENDENCY_FAILURES = "allow_dependency_failures";
  public static final String ENQUEUE_AT_FRONT = "enqueue_at_front";
  public static final String RETRIES_LEFT = "retries_left";
  public static final String RETRY_INTERVALS = "retry_intervals";
  public static final String ENQUEUE_AT_FRONT_ON_RETRY = "enqueue_at_front_on_retry";
  public static final String NUMBER_OF_RETRIES = "number_of_retries";
  public static final String REPEATS_LEFT = "repeats_left";
  public static final String REPEAT_INTERVALS = "repeat_intervals";
  public static final String SUCCESS_CALLBACK_NAME = "success_callback_name";
  public static final String SUCCESS_CALLBACK_TIMEOUT = "success_callback_timeout";
  public static final String FAILURE_CALLBACK_NAME = "failure_callback_name";
  public static final String FAILURE_CALLBACK_TIMEOUT = "failure_callback_timeout";
  public static final String STOPPED_CALLBACK_NAME = "stopped_callback_name";
  public static final String STOPPED_CALLBACK_TIMEOUT = "stopped_callback_timeout";
  public static final String WEBHOOKS = "webhooks";
  public static final String RATE_LIMIT_KEY = "rate_limit_key";
  public static final String RATE_LIMIT_CONCURRENCY = "rate_limit_concurrency";

  /**
   * How often a job was put back to its queue since it last ran to an end, because its worker had
   * vanished. Not RQ's, which neither reads nor removes it.
   */
  public static final String CRASHES = "rq4j_crashes";

  private JobFields() {}
}
