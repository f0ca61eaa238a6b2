package io.github.rq4j.interop.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.local.LocalRedis;
import io.github.rq4j.local.RedisSource;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.TestSentinels;
import io.github.rq4j.worker.RqWorker;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sentinels put a replica in the place of a primary that was killed. */
class FailoverTest {
  private Scene scene;
  private LocalRedis replica;
  private TestSentinels sentinels;

  @BeforeEach
  void open() throws Exception {
    scene = new Scene();
    replica =
        LocalRedis.builder()
            .sources(RedisSource.PATH, RedisSource.BUNDLED)
            .arguments("--replicaof", "127.0.0.1", Integer.toString(scene.server.port()))
            .start();
    sentinels = TestSentinels.watch(scene.server.port());
    sentinels.awaitReplicas(1);
  }

  @AfterEach
  void close() throws Exception {
    sentinels.close();
    replica.close();
    scene.close();
  }

  private void awaitReplicated(String id, String status) {
    TestRedis copy = TestRedis.at(replica.uri());
    Scene.await(() -> status.equals(copy.command("HGET", "rq:job:" + id, "status")));
  }

  private void assertRanOnce(RqClient client, String id) {
    Scene.await(() -> client.job(id).status() == JobStatus.FINISHED);
    assertThat(scene.ledger.of(id)).containsExactly("start", "end");
    assertThat(client.job(id).results()).hasSize(1);
  }

  @Test
  void a_worker_goes_on_with_the_new_primary_and_stores_there_what_it_ran() {
    String url = sentinels.url("mymaster");
    try (RqClient client = RqClient.connect(url);
        RqWorker worker =
            scene.workerHere(URI.create(url)).monitoringInterval(Duration.ofSeconds(1)).build()) {
      worker.start();
      scene.enqueue("held", Scene.HOLD);
      scene.awaitStart("held");
      scene.enqueue("queued", Scene.RUN);
      awaitReplicated("held", "started");
      awaitReplicated("queued", "queued");
      scene.server.kill();
      scene.ledger.release();
      assertRanOnce(client, "held");
      assertRanOnce(client, "queued");
      assertThat(TestRedis.at(replica.uri()).command("ROLE"))
          .asInstanceOf(InstanceOfAssertFactories.LIST)
          .first()
          .isEqualTo("master");
      EnqueueOptions next = EnqueueOptions.builder().jobId("next").build();
      client.queue("default").enqueue(Call.of(Scene.RUN), next);
      assertRanOnce(client, "next");
      assertThat(client.queue("default").jobIds()).isEmpty();
      assertThat(TestRedis.at(replica.uri()).command("KEYS", "rq:wip:*")).isEqualTo(List.of());
    }
  }
}
