package io.github.rq4j.cli.bench;

import java.util.Locale;

/** Something that is measured, with its unit. */
enum Figure {
  /** Jobs per second once the worker is warm. */
  JOBS_PER_SECOND,
  /** Jobs that ended within the first second after the first one ended. */
  JOBS_IN_FIRST_SECOND,
  /** From the start of the process until the first job was seen finished. */
  FIRST_JOB_MILLISECONDS,
  /** Commands that the server carried out, those that scripts call included. */
  COMMANDS_PER_JOB,
  /**
   * Those without what comes with time: calls of a command that less than one in a hundred jobs
   * takes, such as heartbeats and maintenance.
   */
  COMMANDS_OF_EACH_JOB,
  /** Reads of the server from its clients, which are one per pipeline unless that is long. */
  ROUND_TRIPS_PER_JOB,
  /** Connections that were opened. */
  CONNECTIONS_PER_JOB,
  /** Processor time of the server, with all that it does for network and scripts. */
  SERVER_MICROSECONDS_PER_JOB,
  /** Bytes to the server. */
  BYTES_SENT_PER_JOB,
  /** Bytes from the server. */
  BYTES_RECEIVED_PER_JOB,
  /** Processor time of all processes of the worker. */
  WORKER_MICROSECONDS_PER_JOB,
  /** The peaks of all processes of the worker, summed. */
  PEAK_MEGABYTES,
  /** Jobs that were finished. */
  JOBS_FINISHED,
  /** Half of the jobs had their results by then, from the time that they were meant to be sent. */
  P50_MILLISECONDS,
  /** 99 of 100. */
  P99_MILLISECONDS,
  /** 999 of 1000, in this run and those before it: one run has too few jobs. */
  P999_MILLISECONDS,
  /** All. */
  MAX_MILLISECONDS;

  /** The name in JSON. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
