package io.github.rq4j.interop.examples;

import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.RqWorker;

/** What docs/scheduling.md shows. */
final class SchedulingSnippets {
  private SchedulingSnippets() {}

  static RqWorker scheduling(String url, Handlers handlers) {
    // docs:begin scheduling-worker
    RqWorker worker = RqWorker.builder(url, handlers).withScheduler(true).build();
    // docs:end scheduling-worker
    return worker;
  }
}
