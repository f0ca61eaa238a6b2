package io.github.rq4j.interop.tools;

import io.github.rq4j.client.RqFunction;
import io.github.rq4j.worker.Argument;
import io.github.rq4j.worker.JobContext;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The functions of the Java workers. */
public final class ShopTasks {
  final CountDownLatch held = new CountDownLatch(1);
  final CountDownLatch release = new CountDownLatch(1);

  /** What the jobs of {@code shop.remember} and {@code send} found in their meta. */
  final ConcurrentLinkedQueue<Map<String, Object>> metas = new ConcurrentLinkedQueue<>();

  @RqFunction("shop.total")
  Map<String, Long> total(long net, long vat) {
    return Map.of("total", net + vat);
  }

  @RqFunction("shop.charge")
  void charge(String customer) {
    throw new IllegalStateException(
        "the card of " + customer + " was declined", new IllegalArgumentException("expired"));
  }

  @RqFunction("shop.export")
  String export() throws InterruptedException {
    held.countDown();
    if (!release.await(120, TimeUnit.SECONDS)) {
      throw new IllegalStateException("never released");
    }
    return "exported";
  }

  @RqFunction("shop.remember")
  String remember() {
    Map<String, Object> seen = new HashMap<>();
    JobContext.current().meta().forEach((key, value) -> seen.put(String.valueOf(key), value));
    metas.add(seen);
    return "remembered";
  }

  @RqFunction("rq4j_tools.flask_shop.send")
  String send(String to, @Argument(defaultJson = "1") long copies) {
    return "java sends " + copies + " to " + to;
  }
}
