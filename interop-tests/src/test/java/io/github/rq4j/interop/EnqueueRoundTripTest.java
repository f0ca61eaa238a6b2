package io.github.rq4j.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Callback;
import io.github.rq4j.client.Dependency;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.RateLimit;
import io.github.rq4j.client.Repeat;
import io.github.rq4j.client.Retry;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.Webhook;
import io.github.rq4j.codec.python.PythonRepr;
import io.github.rq4j.codec.python.PythonTuple;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Whatever options are chosen, RQ's {@code Job.fetch} reads the values that were chosen. */
@WithPythonRq
class EnqueueRoundTripTest {
  private static final int JOBS = 100;
  private static final String READ =
      "[(j.timeout, j.result_ttl, j.failure_ttl, j.ttl, j.description, j.meta, j.retries_left,"
          + " j.retry_intervals, j.enqueue_at_front_on_retry, j.repeats_left, j.repeat_intervals,"
          + " j._success_callback_name, j._success_callback_timeout,"
          + " [(w.url, w.job_status, w.method, w.headers, w.timeout) for w in j.webhooks],"
          + " j._dependency_ids, j.allow_dependency_failures, j.rate_limit_key,"
          + " j.rate_limit_concurrency, j.group_id, j.origin)"
          + " for j in [job('j%d' % i) for i in range("
          + JOBS
          + ")]]";

  @AutoClose private RqClient client;

  @BeforeEach
  void connect(TestRedis redis) {
    client = RqClient.connect(redis.uri().toString());
  }

  @RepeatedTest(5)
  void rq_reads_what_was_chosen(RepetitionInfo repetition, PythonRq python) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Object> expected = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      Choice choice = new Choice(random, "j" + i);
      client.queue(choice.queue).enqueue(Call.of("f"), choice.options.build());
      expected.add(PythonTuple.copyOf(choice.expected));
    }
    assertThat(python.eval(READ).repr()).isEqualTo(PythonRepr.of(expected, Integer.MAX_VALUE));
  }

  /** Options at random, and what RQ is to read of them. */
  private static final class Choice {
    private final Random random;
    private final EnqueueOptions.Builder options = EnqueueOptions.builder();
    private final List<@Nullable Object> expected = new ArrayList<>();
    private final String queue;

    Choice(Random random, String id) {
      this.random = random;
      options.jobId(id).atFront(random.nextBoolean());
      chooseSpans();
      String description = text();
      options.description(description);
      expected.add(description.isEmpty() ? "f()" : description);
      Map<String, Object> meta = maybe() ? Map.of() : Map.of(text(), random.nextInt());
      options.meta(meta);
      expected.add(meta);
      chooseReruns();
      chooseEndings();
      chooseConditions();
      queue = "q" + name();
      expected.add(queue);
    }

    private boolean maybe() {
      return random.nextBoolean();
    }

    private Duration span(long least) {
      long most = maybe() ? 100 : Integer.MAX_VALUE - least;
      return Duration.ofSeconds(least + (long) (random.nextDouble() * most));
    }

    /** Part of a key: without what would make it look like another one. */
    private String name() {
      return text("aZ0_ '\"\\,é你😀");
    }

    private String text() {
      return text("aZ0_ :'\"\\\n,é你😀");
    }

    private String text(String letters) {
      int[] points = letters.codePoints().toArray();
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(8); i > 0; i--) {
        text.appendCodePoint(points[random.nextInt(points.length)]);
      }
      return text.toString();
    }

    private List<Duration> spans() {
      List<Duration> spans = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        spans.add(span(0));
      }
      return spans;
    }

    private static List<Long> seconds(List<Duration> spans) {
      return spans.stream().map(Duration::toSeconds).toList();
    }

    private void chooseSpans() {
      Duration timeout = maybe() ? EnqueueOptions.INFINITE : span(1);
      Duration resultTtl = maybe() ? EnqueueOptions.INFINITE : span(0);
      Duration failureTtl = maybe() ? EnqueueOptions.INFINITE : span(0);
      options.timeout(timeout).resultTtl(resultTtl).failureTtl(failureTtl);
      expected.add(timeout.toSeconds());
      expected.add(resultTtl.toSeconds());
      expected.add(failureTtl.toSeconds());
      // Long enough for the job to be read.
      Duration ttl = maybe() ? null : span(1_000);
      if (ttl != null) {
        options.ttl(ttl);
      }
      expected.add(ttl == null ? null : ttl.toSeconds());
    }

    private void chooseReruns() {
      Retry retry = new Retry(1 + random.nextInt(Integer.MAX_VALUE - 1), spans(), maybe());
      options.retry(retry);
      expected.add(retry.max());
      expected.add(seconds(retry.intervals()));
      expected.add(retry.enqueueAtFront());
      Repeat repeat = maybe() ? null : new Repeat(1 + random.nextInt(100), spans());
      if (repeat != null) {
        options.repeat(repeat);
      }
      expected.add(repeat == null ? null : repeat.times());
      expected.add(repeat == null ? null : seconds(repeat.intervals()));
    }

    private void chooseEndings() {
      Callback callback = maybe() ? null : Callback.of("m.ü_1.f").withTimeout(span(1));
      if (callback != null) {
        options.onSuccess(callback);
      }
      expected.add(callback == null ? null : callback.function());
      expected.add(callback == null ? null : callback.timeout().toSeconds());
      List<Object> webhooks = new ArrayList<>();
      if (maybe()) {
        Webhook webhook =
            Webhook.onFailed("https://user@host:8080/p?q=%20").post().withTimeout(span(1));
        Webhook other = maybe() ? webhook : webhook.header("X-Y", "é \"quoted\"");
        options.webhooks(other);
        webhooks.add(
            PythonTuple.of(
                other.url(),
                "failed",
                "POST",
                other.headers().isEmpty() ? null : other.headers(),
                other.timeout().toSeconds()));
      }
      expected.add(webhooks);
    }

    private void chooseConditions() {
      List<String> parents = maybe() ? List.of() : List.of("p-1", "j0_", "Z");
      boolean allow = maybe();
      if (!parents.isEmpty()) {
        options.dependsOn(new Dependency(parents, allow, maybe()));
      }
      expected.add(parents);
      expected.add(parents.isEmpty() ? null : allow);
      RateLimit limit = maybe() ? null : new RateLimit("k" + name(), 1 + random.nextInt(1_000));
      if (limit != null) {
        options.rateLimit(limit);
      }
      expected.add(limit == null ? null : limit.key());
      expected.add(limit == null ? null : limit.concurrency());
      String group = maybe() ? null : "g" + name();
      if (group != null) {
        options.group(group);
      }
      expected.add(group);
    }
  }
}
