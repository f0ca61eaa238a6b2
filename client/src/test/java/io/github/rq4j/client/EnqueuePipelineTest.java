package io.github.rq4j.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.rq4j.client.EnqueueReport.State;
import io.github.rq4j.testservers.Fault;
import io.github.rq4j.testservers.Incident;
import io.github.rq4j.testservers.RedisProxy;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the jobs of a batch travel: how many in a step, and what is under way at a time. */
@WithRedis
class EnqueuePipelineTest {
  private static final String STORES_PLAIN_JOBS = "-- Stores jobs that wait for nothing";
  private static final int AT_ONCE =
      (EnqueuePipeline.MOST_UNANSWERED + 1) * EnqueueParcel.MOST_JOBS;

  private RedisProxy proxy;
  private RqClient client;
  private RqClient direct;
  private Queue queue;

  @BeforeEach
  void connect(TestRedis redis) {
    proxy = RedisProxy.to(redis.uri());
    proxy.nameScript("plain_jobs", STORES_PLAIN_JOBS);
    client = RqClient.connect(proxy.uri().toString());
    direct = RqClient.connect(redis.uri().toString());
    queue = client.queue("q");
  }

  @AfterEach
  void disconnect() {
    client.close();
    direct.close();
    proxy.close();
  }

  private static List<EnqueueData> jobs(int count) {
    return Collections.nCopies(count, EnqueueData.of(Call.of("tasks.add").args(1)));
  }

  private long stored() {
    return direct.queue("q").size();
  }

  @Test
  void a_hundred_plain_jobs_are_one_step() {
    assertThat(queue.enqueueMany(jobs(1_000)).isComplete()).isTrue();
    assertThat(proxy.count("plain_jobs")).isEqualTo(10);
    assertThat(proxy.count("SCRIPT")).isEqualTo(1);
  }

  @Test
  void jobs_of_equal_options_are_one_step_though_each_has_an_id_and_a_description() {
    List<EnqueueData> jobs = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      EnqueueOptions.Builder options = EnqueueOptions.builder().jobId("j" + i).timeout("1h");
      jobs.add(EnqueueData.of(Call.of("f"), options.description("number " + i).build()));
    }
    assertThat(queue.enqueueMany(jobs).isComplete()).isTrue();
    assertThat(proxy.count("plain_jobs")).isEqualTo(1);
    assertThat(direct.job("j49").snapshot().description()).isEqualTo("number 49");
  }

  @Test
  void large_jobs_are_not_sent_all_in_one_step() {
    EnqueueData large = EnqueueData.of(Call.of("f"), described("x".repeat(100_000)));
    assertThat(queue.enqueueMany(Collections.nCopies(10, large)).isComplete()).isTrue();
    assertThat(proxy.count("plain_jobs")).isEqualTo(5);
  }

  private static EnqueueOptions described(String description) {
    return EnqueueOptions.builder().description(description).build();
  }

  @Test
  void the_next_jobs_are_sent_while_no_reply_to_those_before_has_come() throws Exception {
    Incident held = proxy.once(request -> request.name().equals("plain_jobs"), Fault.HOLD_REPLY);
    CompletableFuture<EnqueueReport> report =
        CompletableFuture.supplyAsync(() -> queue.enqueueMany(jobs(2_000)));
    await().until(() -> stored() == AT_ONCE);
    held.release();
    assertThat(report.get(60, TimeUnit.SECONDS).isComplete()).isTrue();
    assertThat(stored()).isEqualTo(2_000);
  }

  @Test
  void no_more_jobs_are_in_doubt_than_were_on_their_way() throws Exception {
    Incident held = proxy.once(request -> request.name().equals("plain_jobs"), Fault.HOLD_REPLY);
    CompletableFuture<EnqueueReport> report =
        CompletableFuture.supplyAsync(() -> queue.enqueueMany(jobs(2_000)));
    await().until(() -> stored() == AT_ONCE);
    held.cut();
    EnqueueReport left = report.get(60, TimeUnit.SECONDS);
    assertThat(left.jobs(State.UNKNOWN)).hasSize(AT_ONCE);
    assertThat(left.jobs(State.NOT_STORED)).hasSize(2_000 - AT_ONCE);
    assertThat(stored()).isEqualTo(AT_ONCE);
  }

  @Test
  void what_the_listener_throws_ends_the_call_when_all_that_was_sent_is_stored() {
    IllegalStateException stop = new IllegalStateException("enough");
    assertThatThrownBy(
            () ->
                queue.enqueueMany(
                    jobs(2_000),
                    progress -> {
                      throw stop;
                    }))
        .isSameAs(stop);
    assertThat(stored()).isEqualTo(AT_ONCE);
    assertThat(queue.size()).as("asked over the same connection").isEqualTo(AT_ONCE);
    assertThat(proxy.traffic().connections()).isEqualTo(1);
  }
}
