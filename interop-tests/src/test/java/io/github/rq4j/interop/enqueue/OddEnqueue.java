package io.github.rq4j.interop.enqueue;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Callback;
import io.github.rq4j.client.Dependency;
import io.github.rq4j.client.EnqueueData;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RateLimit;
import io.github.rq4j.client.Repeat;
import io.github.rq4j.client.Retry;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.Webhook;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * A way to enqueue with values that somebody might give by mistake.
 *
 * @param label what is given, for the report of a failure
 * @param modern whether it asks for a status that older releases of RQ cannot read
 * @param action does it
 */
record OddEnqueue(String label, boolean modern, Consumer<RqClient> action) {
  private static final String HALF = "\uD800";

  private static final Arbitrary<String> TEXTS =
      Arbitraries.oneOf(
          Arbitraries.of(
              "", " ", "a:b", "k", "k:allowed", "k:rate_limited", "q", "q:intermediate", "\u0000"),
          Arbitraries.of(
              "\n", "a\r\nb", "%s{}\\", "\uFEFFé😀", HALF, "x" + HALF + "y", "None", "*"),
          Arbitraries.strings().all().ofMaxLength(6));

  private static final Arbitrary<String> IDS =
      Arbitraries.frequencyOf(
          Tuple.of(5, Arbitraries.of("a", "b", "c", "d", "A_1-z")), Tuple.of(1, TEXTS));

  private static final Arbitrary<String> NAMES =
      Arbitraries.frequencyOf(
          Tuple.of(
              4,
              Arbitraries.of(
                  "rq4j_fixtures.tasks.arguments",
                  "rq4j_fixtures.tasks.boom",
                  "rq4j_fixtures.tasks.nothing")),
          Tuple.of(
              1, Arbitraries.of("no.such", ".", "..a", "a.", " a.b", "a b.c", "é.ü", "a-b", "1.2")),
          Tuple.of(1, TEXTS));

  private static final Arbitrary<Duration> SPANS =
      Arbitraries.oneOf(
          Arbitraries.of(0L, 1L, -1L, -2L, 60L, Long.MAX_VALUE, Long.MIN_VALUE)
              .map(Duration::ofSeconds),
          Arbitraries.of(Integer.MAX_VALUE, Integer.MIN_VALUE).map(Duration::ofSeconds),
          Arbitraries.longs().between(1, 4_000_000_000L).map(Duration::ofSeconds),
          Arbitraries.of(Duration.ofMillis(1), Duration.ofMillis(1500), Duration.ofNanos(-1)));

  /** No small ones but zero: nobody waits for them here. */
  private static final Arbitrary<Duration> WAITS =
      SPANS.filter(span -> span.isZero() || span.isNegative() || span.toSeconds() >= 60);

  private static final Arbitrary<String> SPAN_TEXTS =
      Arbitraries.oneOf(
          Arbitraries.of("1h", "3M", "-1", "0", "+7", " 5 ", "9d", "NaN", "inf", "1e3", "1.5", "h"),
          Arbitraries.of(
              "999999999999999d", "2147483648", "0x10", "١٢", "1 h", "-5m", "--1", "1hh"),
          TEXTS);

  private static final Arbitrary<@Nullable Object> VALUES =
      Arbitraries.oneOf(
              Arbitraries.of(
                  Double.NaN, Double.NEGATIVE_INFINITY, Long.MIN_VALUE, BigInteger.TWO.pow(200)),
              Arbitraries.of(new BigDecimal("1e400"), Instant.MAX, new Object(), Thread.State.NEW),
              Arbitraries.of(
                  List.of(), Map.of(1, 2), new byte[] {0}, Collections.singletonList(null)),
              Arbitraries.just(new Cycle()),
              TEXTS)
          .injectNull(0.1);

  /** A list that holds itself, and can be printed and hashed. */
  private static final class Cycle extends AbstractList<Object> {
    @Override
    public Object get(int index) {
      return this;
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return 1;
    }

    @Override
    public String toString() {
      return "cycle";
    }
  }

  /** One option, given to a builder. */
  private record Option(String label, boolean modern, Consumer<EnqueueOptions.Builder> give) {}

  private static <V> Arbitrary<Option> option(
      String name, Arbitrary<? extends V> values, BiConsumer<EnqueueOptions.Builder, V> give) {
    return values.map(
        value ->
            new Option(
                name + "=" + value,
                name.equals("rateLimit"),
                builder -> give.accept(builder, value)));
  }

  private static final Arbitrary<Option> OPTIONS =
      Arbitraries.oneOf(
          List.of(
              option("jobId", IDS, EnqueueOptions.Builder::jobId),
              option("unique", Arbitraries.of(true, false), EnqueueOptions.Builder::unique),
              option("timeout", SPANS, (b, v) -> b.timeout(v)),
              option("timeout text", SPAN_TEXTS, (b, v) -> b.timeout(v)),
              option("resultTtl", SPANS, (b, v) -> b.resultTtl(v)),
              option("resultTtl text", SPAN_TEXTS, (b, v) -> b.resultTtl(v)),
              option("failureTtl", SPANS, (b, v) -> b.failureTtl(v)),
              option("failureTtl text", SPAN_TEXTS, (b, v) -> b.failureTtl(v)),
              option("ttl", SPANS, (b, v) -> b.ttl(v)),
              option("ttl text", SPAN_TEXTS, (b, v) -> b.ttl(v)),
              option("description", TEXTS, EnqueueOptions.Builder::description),
              option("atFront", Arbitraries.of(true, false), EnqueueOptions.Builder::atFront),
              option("meta", meta(), (b, v) -> b.meta(v)),
              option("dependsOn", IDS, (b, v) -> b.dependsOn(v)),
              option(
                  "dependsOn, failed or not",
                  IDS,
                  (b, v) -> b.dependsOn(Dependency.on(v).allowingFailure().atFront())),
              option("retry", plans(), (b, v) -> b.retry(retry(v))),
              option("repeat", plans(), (b, v) -> b.repeat(repeat(v))),
              option("onSuccess", callbacks(), (b, v) -> b.onSuccess(callback(v))),
              option("onFailure", callbacks(), (b, v) -> b.onFailure(callback(v))),
              option("onStopped", callbacks(), (b, v) -> b.onStopped(callback(v))),
              option("webhook", webhooks(), (b, v) -> b.webhooks(webhook(v))),
              option("rateLimit", limits(), (b, v) -> b.rateLimit(limit(v))),
              option("group", TEXTS, EnqueueOptions.Builder::group)));

  /** Arguments of what checks them only when it is made. */
  private record Plan(String text, int number, Duration span, String other) {}

  private static Arbitrary<Plan> plans() {
    return Combinators.combine(Arbitraries.of(0, -1, 1, 2, Integer.MAX_VALUE), WAITS)
        .as((times, wait) -> new Plan("", times, wait, ""))
        // Somebody would have to run it so often.
        .filter(plan -> plan.number() < 3 || plan.span().toSeconds() >= 60);
  }

  private static Retry retry(Plan plan) {
    return Retry.times(plan.number()).after(plan.span());
  }

  private static Repeat repeat(Plan plan) {
    return Repeat.times(plan.number()).after(plan.span());
  }

  private static Arbitrary<Plan> callbacks() {
    return Combinators.combine(NAMES, SPANS).as((name, span) -> new Plan(name, 0, span, ""));
  }

  private static Callback callback(Plan plan) {
    return Callback.of(plan.text()).withTimeout(plan.span());
  }

  private static Arbitrary<Plan> webhooks() {
    Arbitrary<String> urls =
        Arbitraries.oneOf(
            Arbitraries.of(
                "http://127.0.0.1:1/",
                "https://127.0.0.1:1/?a=b",
                "HTTP://127.0.0.1:1",
                "http:///"),
            Arbitraries.of(
                "http://", "http://127.0.0.1:99999/", "http://127.0.0.1:x/", "http://[::1]:1/"),
            Arbitraries.of("http://127.0.0.1:1/é", "ftp://127.0.0.1:1/", "http://u:p@127.0.0.1:1/"),
            Arbitraries.of("http://127.0.0.1:-1/", "http://127.0.0.1:0/", "http://[127.0.0.1:1/"),
            TEXTS);
    return Combinators.combine(urls, SPANS, TEXTS)
        .as((url, span, header) -> new Plan(url, 0, span, header));
  }

  private static Webhook webhook(Plan plan) {
    Webhook webhook = Webhook.onFinished(plan.text()).withTimeout(plan.span()).post();
    return plan.other().isEmpty() ? webhook : webhook.header("X-" + plan.other(), plan.other());
  }

  private static Arbitrary<Plan> limits() {
    return Combinators.combine(TEXTS, Arbitraries.of(0, -1, 1, Integer.MAX_VALUE))
        .as((key, number) -> new Plan(key, number, Duration.ZERO, ""));
  }

  private static RateLimit limit(Plan plan) {
    return new RateLimit(plan.text(), plan.number());
  }

  private static Arbitrary<Map<String, @Nullable Object>> meta() {
    return Combinators.combine(TEXTS, VALUES).as(Collections::singletonMap);
  }

  /** How the call is handed over. */
  private interface Way {
    void send(Queue queue, Call call, EnqueueOptions options);
  }

  private record NamedWay(String label, Way way) {}

  private static final Arbitrary<NamedWay> WAYS =
      Arbitraries.oneOf(
          Arbitraries.of(
              new NamedWay("enqueue", Queue::enqueue),
              new NamedWay("create", Queue::create),
              new NamedWay("create, enqueueJob", (q, c, o) -> q.enqueueJob(q.create(c, o))),
              new NamedWay("enqueueMany", (q, c, o) -> many(q, EnqueueData.of(c, o))),
              new NamedWay(
                  "enqueueMany twice",
                  (q, c, o) -> many(q, EnqueueData.of(c, o), EnqueueData.of(c, o))),
              new NamedWay(
                  "default timeout of nothing",
                  (q, c, o) -> q.withDefaultTimeout(Duration.ZERO).enqueue(c, o))),
          Arbitraries.of(
                  Instant.MIN,
                  Instant.MAX,
                  Instant.EPOCH,
                  Instant.ofEpochSecond(-1),
                  Instant.ofEpochSecond(1, 999_999_999),
                  Instant.parse("9999-12-31T23:59:59.9Z"),
                  Instant.parse("+10000-01-01T00:00:00Z"))
              .map(time -> new NamedWay("at " + time, (q, c, o) -> q.enqueueAt(time, c, o))),
          SPANS.map(span -> new NamedWay("in " + span, (q, c, o) -> q.enqueueIn(span, c, o))));

  private static void many(Queue queue, EnqueueData... jobs) {
    queue.enqueueMany(List.of(jobs)).jobsOrThrow();
  }

  /** A call that is refused only when it is made. */
  private record OddCall(
      String name, List<@Nullable Object> args, String key, @Nullable Object value) {

    Call make() {
      Call call = Call.of(name).args(args.toArray());
      return value == null ? call : call.kwarg(key, value);
    }
  }

  private static Arbitrary<OddCall> calls() {
    return Combinators.combine(NAMES, VALUES.list().ofMaxSize(2), TEXTS, VALUES).as(OddCall::new);
  }

  /** All ways. */
  static Arbitrary<OddEnqueue> any() {
    Arbitrary<String> queues =
        Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.just("default")), Tuple.of(1, TEXTS));
    return Combinators.combine(queues, calls(), OPTIONS.list().ofMaxSize(3), WAYS)
        .as(OddEnqueue::of);
  }

  private static OddEnqueue of(String queue, OddCall call, List<Option> options, NamedWay way) {
    List<String> given = options.stream().map(Option::label).toList();
    return new OddEnqueue(
        "%s to '%s' with %s: %s".formatted(way.label(), queue, given, call),
        options.stream().anyMatch(Option::modern) || way.label().equals("create"),
        client -> {
          EnqueueOptions.Builder builder = EnqueueOptions.builder();
          options.forEach(option -> option.give().accept(builder));
          way.way().send(client.queue(queue), call.make(), builder.build());
        });
  }

  @Override
  public String toString() {
    StringBuilder shown = new StringBuilder();
    label
        .chars()
        .forEach(c -> shown.append(c >= ' ' && c < 127 ? (char) c : "\\u%04x".formatted(c)));
    return shown.toString();
  }
}
