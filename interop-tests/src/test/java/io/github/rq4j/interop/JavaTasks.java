package io.github.rq4j.interop;

import io.github.rq4j.client.RqFunction;
import io.github.rq4j.worker.Argument;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The Java side of the functions that the Python half enqueues. */
public final class JavaTasks {
  final CountDownLatch held = new CountDownLatch(1);
  final CountDownLatch release = new CountDownLatch(1);

  @RqFunction("java.add")
  long add(long x, @Argument(defaultJson = "0") long y) {
    return x + y;
  }

  @RqFunction("java.echo")
  @Nullable Object echo(@Nullable Object value) {
    return value;
  }

  @RqFunction("java.nothing")
  void nothing() {}

  @RqFunction("java.boom")
  void boom(String message) {
    throw new IllegalStateException(message, new IllegalArgumentException("the cause"));
  }

  @RqFunction("java.sum")
  long sum(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).sum();
  }

  @RqFunction("java.hold")
  String hold() throws InterruptedException {
    held.countDown();
    if (!release.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("never released");
    }
    return "held";
  }
}
