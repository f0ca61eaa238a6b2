package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.DuplicateJobException;
import io.github.rq4j.client.EnqueueData;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.EnqueueReport;
import io.github.rq4j.client.EnqueueReport.State;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RedisUnavailableException;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.testservers.Fault;
import io.github.rq4j.testservers.Incident;
import io.github.rq4j.testservers.RedisProxy;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A connection that breaks while jobs are enqueued leaves no doubt that cannot be cleared up. */
@WithRedis
class EnqueueLostConnectionTest {
  private static final Call CALL = Call.of("tasks.add").args(1);

  private TestRedis redis;
  private RedisProxy proxy;
  private RqClient client;
  private Queue queue;

  @BeforeEach
  void connect(TestRedis testRedis) throws IOException {
    redis = testRedis;
    proxy = RedisProxy.to(redis.uri());
    client = RqClient.connect(proxy.uri().toString());
    queue = client.queue("q");
    // The script is known and the connection open: the next request is the one that is cut.
    queue.enqueue(CALL, EnqueueOptions.builder().jobId("before").build());
  }

  @AfterEach
  void disconnect() throws IOException {
    client.close();
    proxy.close();
  }

  private boolean exists(String id) {
    return Long.valueOf(1).equals(redis.command("EXISTS", "rq:job:" + id));
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT_BEFORE", "CUT_AFTER"})
  void a_unique_job_can_be_enqueued_again_until_it_is_known_to_be_there_once(Fault fault) {
    EnqueueOptions once = EnqueueOptions.builder().jobId("cut-marker").unique(true).build();
    Incident unused = proxy.once(request -> request.mentions("cut-marker"), fault);
    assertThatThrownBy(() -> queue.enqueue(CALL, once))
        .isInstanceOf(RedisUnavailableException.class);
    assertThat(exists("cut-marker")).isEqualTo(fault == Fault.CUT_AFTER);
    if (fault == Fault.CUT_AFTER) {
      assertThatThrownBy(() -> queue.enqueue(CALL, once)).isInstanceOf(DuplicateJobException.class);
    } else {
      queue.enqueue(CALL, once);
    }
    assertThat(queue.jobIds()).containsExactly("before", "cut-marker");
  }

  private static List<EnqueueData> jobs(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                EnqueueData.of(
                    CALL, EnqueueOptions.builder().jobId("job-" + i + "-").unique(true).build()))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT_BEFORE", "CUT_AFTER"})
  void of_many_jobs_exactly_those_without_a_reply_are_in_doubt(Fault fault) {
    Incident unused = proxy.once(request -> request.mentions("job-1700-"), fault);
    EnqueueReport report = queue.enqueueMany(jobs(3_000));
    List<Job> stored = report.jobs(State.STORED);
    List<Job> inDoubt = report.jobs(State.UNKNOWN);
    List<Job> unsent = report.jobs(State.NOT_STORED);
    // A step of a hundred is sent when no more than eight wait for their replies: so the client has
    // read those of nine, of seventeen, before it sends what is cut off. A cut may take the others.
    assertThat(stored).hasSizeBetween(900, 1_700).allMatch(job -> exists(job.id()));
    // Nine steps are under way at most, and one was about to be sent.
    assertThat(inDoubt).hasSizeBetween(1, 1_000).extracting(Job::id).contains("job-1700-");
    assertThat(unsent)
        .hasSize(3_000 - stored.size() - inDoubt.size())
        .noneMatch(job -> exists(job.id()));
    assertThat(report.entries())
        .as("stored, then in doubt, then not sent, in the order of the jobs")
        .extracting(EnqueueReport.Entry::state)
        .isSortedAccordingTo(
            Comparator.comparing(List.of(State.STORED, State.UNKNOWN, State.NOT_STORED)::indexOf));
    assertThat(report.entries())
        .allSatisfy(
            entry -> assertThat(entry.problem() == null).isEqualTo(entry.state() == State.STORED));
  }

  @Test
  void unique_jobs_of_a_report_can_be_enqueued_again_until_all_are_there_once() {
    Incident unused = proxy.once(request -> request.mentions("job-700-"), Fault.CUT_AFTER);
    List<EnqueueData> jobs = jobs(1_200);
    queue.enqueueMany(jobs);
    EnqueueReport second = queue.enqueueMany(jobs);
    assertThat(second.jobs(State.UNKNOWN)).isEmpty();
    assertThat(second.entries())
        .filteredOn(entry -> entry.state() == State.NOT_STORED)
        .allSatisfy(entry -> assertThat(entry.problem()).isInstanceOf(DuplicateJobException.class));
    assertThat(queue.jobIds()).hasSize(1_201).doesNotHaveDuplicates();
  }
}
