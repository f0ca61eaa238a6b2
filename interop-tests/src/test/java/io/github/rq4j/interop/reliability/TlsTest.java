package io.github.rq4j.interop.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueOptions;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.local.LocalRedis;
import io.github.rq4j.testservers.FreePorts;
import io.github.rq4j.testservers.TestCertificates;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.RqWorker;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis speaks TLS with an authority of its own and asks for certificates of clients. */
class TlsTest {
  @TempDir private Path directory;
  private TestCertificates certificates;
  private LocalRedis server;
  private String trusting;

  @BeforeEach
  void open() throws Exception {
    certificates = TestCertificates.create(directory);
    int port = FreePorts.next();
    server = certificates.startRedis(port);
    trusting = "rediss://localhost:" + port + "?ssl_ca_certs=" + certificates.authority();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private String known() {
    return trusting
        + "&ssl_certfile="
        + certificates.client()
        + "&ssl_keyfile="
        + certificates.clientKey();
  }

  private static RqWorker worker(String url) {
    Handlers handlers = Handlers.builder().register("tasks.answer", () -> 42).build();
    return RqWorker.builder(url, handlers).name("w").build();
  }

  @Test
  void a_worker_that_shows_its_certificate_runs_jobs_over_broken_connections() {
    try (RqWorker worker = worker(known());
        RqClient client = RqClient.connect(known())) {
      worker.start();
      var first = client.queue("default").enqueue(Call.of("tasks.answer"));
      assertThat(first.resultAs(Integer.class, Duration.ofSeconds(30))).isEqualTo(42);
      TestRedis.at(server.uri()).cutConnections("normal");
      TestRedis.at(server.uri()).cutConnections("pubsub");
      EnqueueOptions next = EnqueueOptions.builder().jobId("next").build();
      Scene.await(
          () -> {
            client.queue("default").enqueue(Call.of("tasks.answer"), next);
            return true;
          });
      assertThat(client.job("next").resultAs(Integer.class, Duration.ofSeconds(30))).isEqualTo(42);
    }
  }

  @Test
  void a_worker_that_shows_no_certificate_says_why_it_does_not_start() throws Exception {
    try (WorkerProcess worker = WorkerProcess.start(URI.create(trusting), server.uri())) {
      assertThat(worker.awaitEnd()).isNotZero();
      assertThat(worker.output())
          .startsWith("rq4j worker: cannot reach Redis at rediss://localhost:")
          .contains("certificate_required");
    }
    assertThat(TestRedis.at(server.uri()).command("DBSIZE")).isEqualTo(0L);
  }
}
