package io.github.rq4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.JobData;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithRedis
class ProxyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private TestRedis redis;
  @AutoClose private RqClient client;

  @BeforeEach
  void connect(TestRedis testRedis) {
    redis = testRedis;
    client = RqClient.connect(redis.uri().toString());
  }

  record Receipt(long id, String lang) {}

  interface Tasks extends WithOptions<Tasks> {
    @RqFunction("shop.tasks.send_invoice")
    JobHandle<Receipt> sendInvoice(long id, @Kwarg("lang") String language);

    @RqFunction("shop.tasks.receipts")
    CompletableFuture<List<Receipt>> receipts(long count);

    @RqFunction("shop.tasks.cleanup")
    @EnqueueDefaults(
        queue = "low",
        timeout = "10m",
        resultTtl = "-1",
        failureTtl = "7d",
        ttl = "1h",
        description = "tidy up",
        atFront = true,
        retries = 2,
        retryAfter = {"10s", "1m"})
    void cleanup();

    @RqFunction("shop.tasks.log")
    Job log(String level, Object... values);

    @RqFunction("shop.tasks.refuse")
    JobHandle<String> refuse();

    default JobHandle<Receipt> sendInvoice(long id) {
      return sendInvoice(id, "en");
    }

    @Override
    String toString();
  }

  /** What Python would do. */
  private static final class Shop implements CallRunner {
    @Override
    public @Nullable Object run(JobData call) throws Exception {
      return switch (call.functionName()) {
        case "shop.tasks.send_invoice" ->
            new Receipt((Long) call.args().get(0), String.valueOf(call.kwargs().get("lang")));
        case "shop.tasks.receipts" -> List.of(new Receipt(1, "de"));
        default -> throw new Exception("no");
      };
    }

    @Override
    public String traceback(Throwable failure) {
      return "Exception: " + failure.getMessage();
    }
  }

  private @Nullable Object field(String id, String name) {
    return redis.command("HGET", "rq:job:" + id, name);
  }

  @Test
  void a_method_enqueues_its_parameters_by_position_and_by_name() {
    JobHandle<Receipt> handle = client.proxy(Tasks.class, "q").sendInvoice(4711, "de");
    assertThat(client.queue("q").jobIds()).containsExactly(handle.id());
    assertThat(field(handle.id(), "description"))
        .isEqualTo("shop.tasks.send_invoice(4711, lang='de')");
  }

  @Test
  void the_result_has_the_declared_type() {
    Tasks tasks = client.queue("q").synchronous(new Shop()).proxy(Tasks.class);
    assertThat(tasks.sendInvoice(1, "fr").result(PATIENCE)).isEqualTo(new Receipt(1, "fr"));
  }

  @Test
  void a_future_brings_the_result() throws Exception {
    Tasks tasks = client.queue("q").synchronous(new Shop()).proxy(Tasks.class);
    assertThat(tasks.receipts(1).get(10, TimeUnit.SECONDS)).containsExactly(new Receipt(1, "de"));
  }

  @Test
  void a_future_of_a_failed_job_fails_with_its_traceback() {
    Tasks tasks = client.queue("q").synchronous(new Shop()).proxy(Tasks.class);
    CompletableFuture<@Nullable String> future = tasks.refuse().future(PATIENCE);
    assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(JobFailedException.class)
        .hasMessageContaining("Exception: no");
  }

  @Test
  void a_thousand_futures_are_served_by_one_connection() throws Exception {
    Tasks waiting = client.proxy(Tasks.class, "q");
    CompletableFuture<?>[] futures = new CompletableFuture<?>[1_000];
    for (int i = 0; i < futures.length; i++) {
      futures[i] = waiting.receipts(i);
    }
    Queue atOnce = client.queue("q").synchronous(new Shop());
    for (String id : client.queue("q").jobIds()) {
      EnqueueOptions same = EnqueueOptions.builder().jobId(id).build();
      atOnce.enqueue(Call.of("shop.tasks.receipts").args(1), same);
    }
    CompletableFuture.allOf(futures).get(30, TimeUnit.SECONDS);
    assertThat(futures[0].get()).isEqualTo(List.of(new Receipt(1, "de")));
  }

  @Test
  void a_future_ends_when_its_time_is_over_or_its_job_is_gone() {
    Tasks tasks = client.proxy(Tasks.class, "q");
    CompletableFuture<?> late = tasks.refuse().future(Duration.ofMillis(1));
    JobHandle<String> deleted = tasks.refuse();
    redis.command("DEL", "rq:job:" + deleted.id());
    CompletableFuture<?> gone = deleted.future(PATIENCE);
    assertThatThrownBy(() -> late.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ResultTimeoutException.class);
    assertThatThrownBy(() -> gone.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(NoSuchJobException.class);
  }

  @Test
  void annotated_options_count_and_may_name_another_queue() {
    client.proxy(Tasks.class, "q").cleanup();
    String id = client.queue("low").jobIds().get(0);
    assertThat(field(id, "timeout")).isEqualTo("600");
    assertThat(field(id, "result_ttl")).isEqualTo("-1");
    assertThat(field(id, "failure_ttl")).isEqualTo("604800");
    assertThat(field(id, "ttl")).isEqualTo("3600");
    assertThat(field(id, "description")).isEqualTo("tidy up");
    assertThat(field(id, "retry_intervals")).isEqualTo("[10, 60]");
    assertThat(client.queue("q").size()).isZero();
  }

  @Test
  void options_given_for_a_call_count_in_place_of_the_annotated_ones() {
    Tasks tasks = client.proxy(Tasks.class, "q");
    tasks.with(EnqueueOptions.builder().jobId("mine").build()).cleanup();
    assertThat(field("mine", "timeout")).isEqualTo("180");
    assertThat(client.queue("low").jobIds()).containsExactly("mine");
  }

  @Test
  void a_variable_number_of_arguments_becomes_as_many() {
    Job job = client.proxy(Tasks.class, "q").log("info", 1, "two");
    assertThat(field(job.id(), "description")).isEqualTo("shop.tasks.log('info', 1, 'two')");
  }

  @Test
  void a_default_method_calls_the_others() {
    JobHandle<Receipt> handle = client.proxy(Tasks.class, "q").sendInvoice(1);
    assertThat(field(handle.id(), "description"))
        .isEqualTo("shop.tasks.send_invoice(1, lang='en')");
  }

  @Test
  void a_proxy_is_an_object_like_any_other() {
    Tasks tasks = client.proxy(Tasks.class, "q");
    assertThat(Set.of(tasks)).contains(tasks);
    assertThat(tasks).isNotEqualTo(client.proxy(Tasks.class, "q"));
    assertThat(tasks).hasToString("Tasks on Queue(q)");
  }

  interface NoName {
    void enqueue();
  }

  interface BlankName {
    @RqFunction(" ")
    void enqueue();
  }

  interface WrongReturn {
    @RqFunction("f")
    String enqueue();
  }

  interface Raw {
    @SuppressWarnings("rawtypes") // what is to be refused
    @RqFunction("f")
    JobHandle enqueue();
  }

  interface Wild {
    @RqFunction("f")
    JobHandle<?> enqueue();
  }

  interface Generic {
    @RqFunction("f")
    <T> JobHandle<T> enqueue(T value);
  }

  interface SameName {
    @RqFunction("f")
    void enqueue(@Kwarg("a") int first, @Kwarg("a") int second);
  }

  interface NamedRest {
    @RqFunction("f")
    void enqueue(@Kwarg("rest") Object... rest);
  }

  interface BadOptions {
    @RqFunction("f")
    @EnqueueDefaults(timeout = "soon")
    void enqueue();
  }

  private void refused(Class<?> type, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.proxy(type, "q"))
        .withMessageContaining(type.getSimpleName())
        .withMessageContaining(problem);
  }

  @Test
  void what_cannot_enqueue_is_refused_when_the_proxy_is_made() {
    refused(NoName.class, "enqueue cannot enqueue: it needs @RqFunction");
    refused(BlankName.class, "names no function");
    refused(WrongReturn.class, "it must return JobHandle<T>");
    refused(Raw.class, "its JobHandle must say of what type");
    refused(Wild.class, "must be a definite one");
    refused(Generic.class, "no type parameters");
    refused(SameName.class, "two of its parameters are called 'a'");
    refused(NamedRest.class, "a variable number of arguments cannot have a name");
    refused(BadOptions.class, "its @EnqueueDefaults: timeout must be seconds or a number");
    refused(ProxyTest.class, "is not an interface");
  }
}
