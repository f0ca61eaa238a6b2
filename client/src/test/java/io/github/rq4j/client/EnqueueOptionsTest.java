package io.github.rq4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnqueueOptionsTest {
  private static final Duration TOO_LONG = Duration.ofSeconds(Integer.MAX_VALUE + 1L);

  private static ThrowableAssertAlternative<IllegalArgumentException> refused(
      Consumer<EnqueueOptions.Builder> setting) {
    return assertThatIllegalArgumentException()
        .isThrownBy(
            () -> {
              EnqueueOptions.Builder builder = EnqueueOptions.builder();
              setting.accept(builder);
              builder.build();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b", "a.b", "ü", "", "a b", "a\n"})
  void an_id_that_rq_would_refuse_to_read_is_refused(String id) {
    refused(options -> options.jobId(id)).withMessageContaining("letters, digits, '_' and '-'");
    refused(options -> options.dependsOn(id)).withMessageContaining("letters, digits, '_' and '-'");
  }

  @Test
  void a_timeout_of_zero_is_refused_as_in_rq() {
    refused(options -> options.timeout(Duration.ZERO))
        .withMessageContaining(
            "timeout must be whole seconds, from 1 to 2147483647, or INFINITE, not PT0S");
  }

  static Stream<Consumer<EnqueueOptions.Builder>> spansThatRqCannotRead() {
    Duration fraction = Duration.ofMillis(1500);
    Duration negative = Duration.ofSeconds(-2);
    return Stream.of(fraction, negative, TOO_LONG)
        .flatMap(
            span ->
                Stream.of(
                    options -> options.timeout(span),
                    options -> options.resultTtl(span),
                    options -> options.failureTtl(span),
                    options -> options.ttl(span),
                    options -> options.retry(Retry.times(1).after(span)),
                    options -> options.repeat(Repeat.times(1).after(span)),
                    options -> options.onSuccess(Callback.of("m.f").withTimeout(span)),
                    options -> options.webhooks(Webhook.onFailed("http://h").withTimeout(span))));
  }

  @ParameterizedTest
  @MethodSource("spansThatRqCannotRead")
  void a_span_that_rq_cannot_read_is_refused(Consumer<EnqueueOptions.Builder> setting) {
    refused(setting).withMessageContaining("whole seconds");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "h", "1.5", "1w", "1 h", "one", "1h30m", "NaN", "٣m", "999999999999999d"})
  void a_text_that_rq_does_not_take_for_a_span_is_refused(String text) {
    refused(options -> options.timeout(text)).withMessageContaining("such as 1h");
  }

  @Test
  void a_job_cannot_wait_for_ever_by_ttl() {
    refused(options -> options.ttl(EnqueueOptions.INFINITE));
    refused(options -> options.ttl(Duration.ZERO));
  }

  @Test
  void a_retry_or_repeat_of_no_times_is_refused() {
    refused(options -> options.retry(Retry.times(0))).withMessageContaining("at least 1");
    refused(options -> options.repeat(Repeat.times(0))).withMessageContaining("at least 1");
  }

  @Test
  void no_interval_is_an_interval_of_zero_since_rq_fails_at_an_empty_list() {
    assertThat(Retry.times(3).intervals()).containsExactly(Duration.ZERO);
    assertThat(new Repeat(3, List.of()).intervals()).containsExactly(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a..b", ".a", "1a", "a-b", "a.$b"})
  void a_callback_that_python_cannot_import_is_refused(String name) {
    refused(options -> options.onFailure(Callback.of(name))).withMessageContaining("dotted name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ftp://h",
        "http:",
        "http:///x",
        "h/x",
        "http://h/ x",
        "http://h/ü",
        "file:/x"
      })
  void a_webhook_that_is_not_of_http_is_refused_without_showing_it(String url) {
    refused(options -> options.webhooks(Webhook.onFinished(url)))
        .withMessage(
            "a webhook's url must be one of http:// or https:// in ASCII, percent-encoded");
  }

  @Test
  void a_header_that_would_end_its_line_is_refused_without_its_value() {
    refused(options -> options.webhooks(Webhook.onFinished("http://h").header("A", "b\r\nC: d")))
        .withMessageContaining("'A'")
        .withMessageNotContaining("C: d");
    refused(options -> options.webhooks(Webhook.onFinished("http://h").header("A B", "c")));
    refused(options -> options.webhooks(Webhook.onFinished("http://h").header("A", "你")));
  }

  @Test
  void a_webhook_shows_neither_path_nor_headers() {
    assertThat(Webhook.onFinished("https://u:p@h/token?k=v").post().header("A", "secret"))
        .hasToString("Webhook(POST h when FINISHED)");
  }

  @Test
  void a_rate_limit_needs_a_key_and_a_place() {
    refused(options -> options.rateLimit(new RateLimit("", 1)));
    refused(options -> options.rateLimit(new RateLimit("k", 0)));
    refused(options -> options.rateLimit(new RateLimit("k:allowed", 1)))
        .withMessageContaining("RQ keeps something else");
    refused(options -> options.rateLimit(new RateLimit("k:rate_limited", 1)));
  }

  @Test
  void half_a_surrogate_pair_is_refused_where_rq_reads_utf_8() {
    refused(options -> options.description("\ud800"));
    refused(options -> options.group("\ud800"));
    refused(options -> options.rateLimit(new RateLimit("\ud800", 1)));
  }

  @Test
  void a_dependency_without_a_job_is_refused() {
    refused(options -> options.dependsOn(new Dependency(List.of(), false, false)));
  }

  @Test
  void a_unique_job_needs_an_id() {
    refused(options -> options.unique(true)).withMessageContaining("jobId");
  }

  @Test
  void a_job_cannot_wait_for_itself() {
    refused(options -> options.jobId("a").dependsOn("b", "a")).withMessageContaining("itself");
  }

  @Test
  void options_do_not_change_when_their_builder_is_used_again() {
    EnqueueOptions.Builder builder = EnqueueOptions.builder().description("first").dependsOn("a");
    EnqueueOptions first = builder.build();
    builder.description("second").dependsOn("b");
    assertThat(first.description()).isEqualTo("first");
    assertThat(first.dependencyIds()).containsExactly("a");
  }

  @Test
  void options_can_be_taken_up_again() {
    EnqueueOptions base =
        EnqueueOptions.builder().timeout("1h").retry(Retry.times(2)).group("g").build();
    EnqueueOptions more = base.toBuilder().jobId("a").build();
    assertThat(more.timeout()).isEqualTo(Duration.ofHours(1));
    assertThat(more.retry()).isEqualTo(Retry.times(2));
    assertThat(more.group()).isEqualTo("g");
    assertThat(base.jobId()).isNull();
  }
}
