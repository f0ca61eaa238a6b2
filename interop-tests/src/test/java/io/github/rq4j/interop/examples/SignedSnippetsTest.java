package io.github.rq4j.interop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithRedis;
import io.github.rq4j.worker.RqWorker;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the page about signed payloads shows, at work. */
@WithRedis
class SignedSnippetsTest {
  private static final Serializer SIGNED = SignedSnippets.signed(secret(1), secret(2));

  private static byte[] secret(int value) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) value);
    return secret;
  }

  @Test
  void a_worker_runs_what_was_signed_and_refuses_the_rest(TestRedis redis)
      throws InterruptedException {
    String url = redis.uri().toString();
    try (RqClient signing = RqClient.builder(url).serializer(SIGNED).build();
        RqClient plain = RqClient.connect(url);
        RqWorker worker =
            RqWorker.builder(url, WorkerSnippets.typed()).serializer(SIGNED).burst(true).build()) {
      Job signed = signing.queue("default").enqueue(Call.of("shop.ping"));
      Job unsigned = plain.queue("default").enqueue(Call.of("shop.ping"));
      worker.runUntilShutdown();
      assertThat(signed.result(Duration.ZERO)).isEqualTo("pong");
      assertThat(unsigned.status()).isEqualTo(JobStatus.FAILED);
    }
  }
}
