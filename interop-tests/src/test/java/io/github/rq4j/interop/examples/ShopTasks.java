package io.github.rq4j.interop.examples;

// docs:begin worker-command-tasks
import io.github.rq4j.client.RqFunction;

public final class ShopTasks {
  @RqFunction("tasks.total")
  public static long total(long price, long pieces) {
    return price * pieces;
  }
}
// docs:end worker-command-tasks
