package io.github.rq4j.interop.examples;

import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.HandlersFactory;

// docs:begin isolation-factory
public final class ShopFunctions implements HandlersFactory {
  @Override
  public Handlers handlers() {
    return Handlers.builder().registerAnnotated(ShopTasks.class).build();
  }
}
// docs:end isolation-factory
