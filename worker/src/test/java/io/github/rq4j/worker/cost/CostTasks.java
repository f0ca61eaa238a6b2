package io.github.rq4j.worker.cost;

import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.HandlersFactory;

/** The functions whose jobs are measured, for work horses, too. */
public final class CostTasks implements HandlersFactory {
  /** Has no stack, whose lines are not the same in each JDK. */
  private static final class Boom extends RuntimeException {
    Boom() {
      super("boom", null, false, false);
    }
  }

  /** For the horse. */
  public CostTasks() {}

  @Override
  public Handlers handlers() {
    return Handlers.builder()
        .register("one", () -> 1L)
        .register(
            "boom",
            () -> {
              throw new Boom();
            })
        .onSuccess("heard", (job, result) -> {})
        .build();
  }
}
