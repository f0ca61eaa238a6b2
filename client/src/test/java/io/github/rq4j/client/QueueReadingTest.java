package io.github.rq4j.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.local.LocalRedis;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithRedis
class QueueReadingTest {
  private TestRedis redis;
  private RqClient client;

  @BeforeEach
  void connect(TestRedis testRedis) {
    redis = testRedis;
    client = RqClient.connect(redis.uri().toString());
    redis.command(
        "EVAL",
        "for i = 1, 2500 do redis.call('RPUSH', 'rq:queue:q', i) redis.call('SADD', 'rq:queues',"
            + " 'rq:queue:q') if i % 5 > 0 then redis.call('HSET', 'rq:job:' .. i, 'data', 'x',"
            + " 'origin', 'q') end end",
        "0");
  }

  @AfterEach
  void disconnect() {
    client.close();
    redis.flush();
  }

  @Test
  void pages_have_the_next_job_first() {
    assertThat(client.queue("q").jobIds(2498, 10)).containsExactly("2499", "2500");
    assertThat(client.queue("q").jobIds(0, 0)).isEmpty();
  }

  @Test
  void jobs_that_are_gone_are_left_out_and_stay_in_the_queue() {
    assertThat(client.queue("q").jobs(3, 3)).extracting(JobSnapshot::id).containsExactly("4", "6");
    assertThat(client.queue("q").size()).isEqualTo(2500);
  }

  @Test
  void jobs_of_another_queue_are_left_out() {
    redis.command("HSET", "rq:job:1", "origin", "other");
    assertThat(client.queue("q").jobs(0, 2)).extracting(JobSnapshot::id).containsExactly("2");
  }

  @Test
  void compacting_keeps_the_order() {
    assertThat(client.queue("q").compact()).isEqualTo(500);
    assertThat(client.queue("q").size()).isEqualTo(2000);
    assertThat(client.queue("q").jobIds(0, 6)).containsExactly("1", "2", "3", "4", "6", "7");
  }

  @Test
  void compacting_a_queue_that_is_not_there_does_nothing() {
    assertThat(client.queue("nowhere").compact()).isZero();
  }

  @Test
  void a_queue_of_many_steps_is_emptied() {
    assertThat(client.queue("q").empty()).isEqualTo(2500);
    assertThat(redis.command("KEYS", "*")).isEqualTo(List.of("rq:queues"));
  }

  @Test
  void a_job_is_found_and_removed() {
    assertThat(client.queue("q").contains("7")).isTrue();
    assertThat(client.queue("q").position("7")).hasValue(6);
    assertThat(client.queue("q").remove("7")).isTrue();
    assertThat(client.queue("q").remove("7")).isFalse();
    assertThat(client.queue("q").contains("7")).isFalse();
  }

  @Test
  void a_job_is_found_on_a_server_without_lpos() {
    try (LocalRedis old = LocalRedis.builder().arguments("--rename-command", "LPOS", "").start();
        RqClient oldClient = RqClient.connect(old.uri().toString())) {
      Queue queue = oldClient.queue("q");
      for (int i = 0; i < 3; i++) {
        queue.enqueue(Call.of("f"), EnqueueOptions.builder().jobId("j" + i).build());
      }
      assertThat(queue.position("j2")).hasValue(2);
      assertThat(queue.contains("nobody")).isFalse();
    }
  }

  @Test
  void queues_are_listed_by_name() {
    redis.command("SADD", "rq:queues", "rq:queue:a", "nonsense");
    assertThat(client.queues()).extracting(Queue::name).containsExactly("a", "q");
  }
}
