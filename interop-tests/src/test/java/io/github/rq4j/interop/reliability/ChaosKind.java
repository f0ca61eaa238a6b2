package io.github.rq4j.interop.reliability;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueData;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Retry;
import java.util.Locale;

/** The kinds of job in a {@link Chaos}; the id of a job begins with its kind. */
enum ChaosKind {
  PLAIN(Scene.RUN, 0),
  RETRIED(Scene.RUN, 3),
  FAILING(Scene.BOOM, 0),
  FAILING_RETRIED(Scene.BOOM, 2);

  private final String function;
  private final int retries;

  ChaosKind(String function, int retries) {
    this.function = function;
    this.retries = retries;
  }

  int retries() {
    return retries;
  }

  boolean succeeds() {
    return function.equals(Scene.RUN);
  }

  String id(int number) {
    return name().toLowerCase(Locale.ROOT) + "-" + number;
  }

  EnqueueData job(String id, long millis) {
    EnqueueOptions.Builder options = EnqueueOptions.builder().jobId(id);
    if (retries > 0) {
      options.retry(Retry.times(retries));
    }
    Call call = Call.of(function);
    return EnqueueData.of(succeeds() ? call.args(millis) : call, options.build());
  }

  static ChaosKind of(String jobId) {
    return valueOf(jobId.substring(0, jobId.indexOf('-')).toUpperCase(Locale.ROOT));
  }
}
