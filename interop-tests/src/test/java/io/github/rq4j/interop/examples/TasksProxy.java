package io.github.rq4j.interop.examples;

import io.github.rq4j.client.EnqueueDefaults;
import io.github.rq4j.client.JobHandle;
import io.github.rq4j.client.Kwarg;
import io.github.rq4j.client.RqFunction;
import io.github.rq4j.client.WithOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;

// docs:begin proxy-interface
public interface TasksProxy extends WithOptions<TasksProxy> {
  record Invoice(int number, double amount) {}

  @RqFunction("tasks.total")
  @EnqueueDefaults(
      timeout = "1m",
      retries = 3,
      retryAfter = {"10s", "1m"})
  JobHandle<Double> total(double price, int count, @Kwarg("tax") double tax);

  @RqFunction("tasks.invoices")
  CompletableFuture<List<Invoice>> invoices(String customer);

  @RqFunction("tasks.refuse")
  @EnqueueDefaults(queue = "low")
  void refuse(String reason);

  default JobHandle<Double> total(double price, int count) {
    return total(price, count, 0.0);
  }
}
// docs:end proxy-interface
