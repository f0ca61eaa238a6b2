package io.github.rq4j.interop.examples;

import io.github.rq4j.worker.ProcessIsolation;
import io.github.rq4j.worker.RqWorker;

/** What docs/isolation.md shows. */
final class IsolationSnippets {
  private IsolationSnippets() {}

  static RqWorker isolated(String url) {
    // docs:begin isolation-worker
    RqWorker worker =
        RqWorker.builder(url, new ShopFunctions().handlers())
            .isolation(
                ProcessIsolation.of(ShopFunctions.class).jobsPerHorse(100).jvmOptions("-Xmx256m"))
            .build();
    // docs:end isolation-worker
    return worker;
  }
}
