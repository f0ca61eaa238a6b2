package io.github.rq4j.interop.matrix;

import io.github.rq4j.client.RqFunction;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.worker.Argument;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.JobContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The functions of the Java worker in a cell. */
final class MatrixTasks {
  /** What was called back: {@code ID result} and {@code ID message}. */
  final Set<String> calledBack = ConcurrentHashMap.newKeySet();

  private final CountDownLatch neverReleased = new CountDownLatch(1);
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  Handlers handlers() {
    return Handlers.builder()
        .registerAnnotated(this)
        .onSuccess(
            "rq4j_fixtures.tasks.note_success",
            (job, result) -> calledBack.add(job.id() + " " + result))
        .onFailure(
            "rq4j_fixtures.tasks.note_failure",
            (job, failure) -> calledBack.add(job.id() + " " + failure.message()))
        .build();
  }

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
    throw new IllegalStateException(message);
  }

  /** Fails in the first run of a job. */
  @RqFunction("java.second_time_lucky")
  String secondTimeLucky() {
    if (seen.add(JobContext.current().jobId())) {
      throw new IllegalStateException("the first time");
    }
    return "the second time";
  }

  @RqFunction("java.hold")
  void hold() throws InterruptedException {
    neverReleased.await(30, TimeUnit.SECONDS);
  }

  @RqFunction("java.meta")
  @Nullable Object meta(String key, Object value) {
    PythonDict meta = JobContext.current().meta();
    Object before = meta.get("python");
    meta.put(key, value);
    JobContext.current().saveMeta(meta);
    return before;
  }

  @RqFunction("rq4j_fixtures.tasks.decorated")
  long decorated(long x) {
    return 2 * x;
  }

  @RqFunction("java.\u4f60\u597d")
  String nonAscii(String text, String name) {
    return text + name;
  }

  @RqFunction("java.hello")
  String ascii(String text, String name) {
    return text + name;
  }
}
