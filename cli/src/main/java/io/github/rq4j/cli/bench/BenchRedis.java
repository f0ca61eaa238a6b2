package io.github.rq4j.cli.bench;

import java.io.IOException;

/** The Redis of a benchmark. Not safe for use by many threads. */
interface BenchRedis extends AutoCloseable {

  /** Where it is, as workers are told. */
  String url();

  /** What it is, for people. */
  String describe();

  /** Leaves nothing but the jobs of a workload, as they were enqueued. */
  void fill(Workload workload) throws IOException, InterruptedException;

  /** Leaves nothing. */
  void empty();

  @Override
  void close();
}
