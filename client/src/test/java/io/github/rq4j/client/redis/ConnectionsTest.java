package io.github.rq4j.client.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.client.Call;
import io.github.rq4j.client.JobStatus;
import io.github.rq4j.client.RedisClusterException;
import io.github.rq4j.client.RedisCommandException;
import io.github.rq4j.client.RedisUnavailableException;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.local.LocalRedis;
import io.github.rq4j.testservers.FreePorts;
import io.github.rq4j.testservers.TestCertificates;
import io.github.rq4j.testservers.TestSentinels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;

/** Ways to a server, each with a real one at its end. */
class ConnectionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static void enqueueAndWait(RedisSettings settings) {
    try (RqClient client = RqClient.builder(settings).build()) {
      var job = client.queue("default").enqueue(Call.of("tasks.add").args(1, 2));
      CompletableFuture<?> future = job.resultAsync(PATIENCE);
      assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
      job.cancel();
      assertThat(future).failsWithin(PATIENCE);
    }
  }

  @Test
  void closing_a_connection_that_broke_while_it_was_written_to_throws_nothing() {
    try (LocalRedis redis = LocalRedis.start();
        RedisServer server = new RedisServer(RedisSettings.parse(redis.uri().toString()))) {
      RedisConnection connection = server.open();
      redis.kill();
      // The first meets the end of the stream, the next ones a socket that takes nothing.
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> connection.call(Command.of("PING")))
            .isInstanceOf(RedisUnavailableException.class);
      }
      assertThatCode(connection::close).doesNotThrowAnyException();
    }
  }

  @Test
  void a_unix_socket_serves_short_and_blocking_calls(@TempDir Path directory) {
    Path socket = directory.resolve("redis.sock");
    try (LocalRedis redis =
        LocalRedis.builder().arguments("--unixsocket", socket.toString()).start()) {
      assertThat(redis.isRunning()).isTrue();
      enqueueAndWait(RedisSettings.parse("unix://" + socket));
    }
  }

  @Test
  void a_reply_over_a_unix_socket_that_does_not_come_times_out(@TempDir Path directory) {
    Path socket = directory.resolve("redis.sock");
    try (LocalRedis redis =
            LocalRedis.builder().arguments("--unixsocket", socket.toString()).start();
        RedisServer server =
            new RedisServer(RedisSettings.parse("unix://" + socket + "?socket_timeout=0.2"))) {
      assertThat(redis.isRunning()).isTrue();
      assertThatThrownBy(
              () -> server.with(connection -> connection.call(Command.of("BLPOP", "none", "0"))))
          .isInstanceOf(RedisUnavailableException.class);
      assertThat(server.with(connection -> connection.call(Command.of("PING"))).asText())
          .isEqualTo("PONG");
    }
  }

  @Test
  void a_large_value_passes_through_a_unix_socket(@TempDir Path directory) {
    Path socket = directory.resolve("redis.sock");
    byte[] large = new byte[20_000_000];
    try (LocalRedis redis =
            LocalRedis.builder().arguments("--unixsocket", socket.toString()).start();
        RedisServer server = new RedisServer(RedisSettings.parse("unix://" + socket))) {
      assertThat(redis.isRunning()).isTrue();
      server.with(connection -> connection.call(Command.of("SET", "k").add(large)));
      assertThat(server.with(connection -> connection.call(Command.of("GET", "k"))).asBytes())
          .hasSize(large.length);
    }
  }

  @Test
  void a_socket_that_is_not_there_is_named() {
    try (RedisServer server = new RedisServer(RedisSettings.parse("unix:///nowhere/redis.sock"))) {
      assertThatThrownBy(server::borrow)
          .isInstanceOf(RedisUnavailableException.class)
          .hasMessageContaining("/nowhere/redis.sock");
    }
  }

  @Test
  void tls_with_an_own_authority_and_a_client_certificate(@TempDir Path directory)
      throws Exception {
    TestCertificates certificates = TestCertificates.create(directory);
    int port = FreePorts.next();
    try (LocalRedis redis = certificates.startRedis(port)) {
      assertThat(redis.isRunning()).isTrue();
      enqueueAndWait(
          RedisSettings.parse(
              "rediss://localhost:"
                  + port
                  + "?ssl_ca_certs="
                  + certificates.authority()
                  + "&ssl_certfile="
                  + certificates.client()
                  + "&ssl_keyfile="
                  + certificates.clientKey()));
    }
  }

  @Test
  void tls_without_the_right_authority_name_or_client_is_refused(@TempDir Path directory)
      throws Exception {
    TestCertificates certificates = TestCertificates.create(directory);
    int port = FreePorts.next();
    try (LocalRedis redis = certificates.startRedis(port)) {
      assertThat(redis.isRunning()).isTrue();
      TlsSettings.Builder shown =
          TlsSettings.builder().clientCertificate(certificates.client(), certificates.clientKey());
      assertRefused(port, "localhost", shown.build());
      TlsSettings trusting = shown.caCertificates(certificates.authority()).build();
      // The certificate is for localhost, not for this address.
      assertRefused(port, "127.0.0.1", trusting);
      TlsSettings unknown = TlsSettings.builder().caCertificates(certificates.authority()).build();
      assertRefused(port, "localhost", unknown);
      TlsSettings unverified =
          TlsSettings.builder()
              .trustAnyCertificate()
              .clientCertificate(certificates.client(), certificates.clientKey())
              .build();
      enqueueAndWait(RedisSettings.builder("redis://127.0.0.1:" + port).tls(unverified).build());
    }
  }

  @Test
  void a_server_that_misses_a_client_certificate_is_quoted(@TempDir Path directory)
      throws Exception {
    TestCertificates certificates = TestCertificates.create(directory);
    int port = FreePorts.next();
    String url = "rediss://localhost:" + port + "?ssl_ca_certs=" + certificates.authority();
    try (LocalRedis redis = certificates.startRedis(port);
        RedisServer server = new RedisServer(RedisSettings.parse(url))) {
      assertThat(redis.isRunning()).isTrue();
      for (ThrowingCallable connecting : List.<ThrowingCallable>of(server::borrow, server::open)) {
        assertThatThrownBy(connecting)
            .isInstanceOf(RedisUnavailableException.class)
            .hasMessageContaining("certificate_required");
      }
    }
  }

  private static void assertRefused(int port, String host, TlsSettings tls) {
    RedisSettings settings = RedisSettings.builder("redis://" + host + ":" + port).tls(tls).build();
    try (RedisServer server = new RedisServer(settings)) {
      assertThatThrownBy(server::borrow).isInstanceOf(RedisUnavailableException.class);
    }
  }

  @Test
  void a_key_of_the_older_form_is_read_and_others_are_told_from_it(@TempDir Path directory)
      throws Exception {
    TestCertificates certificates = TestCertificates.create(directory);
    String older = certificates.clientKeyInPkcs1();
    assertThat(PemText.identity(PemText.read(certificates.client()), older).key().getEncoded())
        .isEqualTo(
            PemText.identity(
                    PemText.read(certificates.client()), PemText.read(certificates.clientKey()))
                .key()
                .getEncoded());
    Path encrypted = directory.resolve("encrypted.pem");
    Files.writeString(
        encrypted,
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----");
    assertThatThrownBy(
            () -> TlsSettings.builder().clientCertificate(certificates.client(), encrypted).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("openssl pkcs8");
  }

  @Test
  void a_user_of_the_access_list_logs_in_and_errors_do_not_show_the_password() {
    try (LocalRedis redis =
        LocalRedis.builder()
            .arguments("--user", "ada", "on", ">s3cret", "~rq:*", "+@all", "-client", "-info")
            .start()) {
      String address = "127.0.0.1:" + redis.port();
      enqueueAndWait(
          RedisSettings.parse("redis://ada:s3cret@" + address + "?client_name=no-such-right"));
      try (RedisServer server =
          new RedisServer(RedisSettings.parse("redis://ada:wr0ng@" + address))) {
        assertThatThrownBy(server::borrow)
            .isInstanceOf(RedisCommandException.class)
            .hasMessageNotContaining("wr0ng");
      }
    }
  }

  @Test
  void connections_carry_their_name() {
    try (LocalRedis redis = LocalRedis.start();
        RedisServer server =
            new RedisServer(RedisSettings.parse(redis.uri() + "?client_name=shop"));
        RedisConnection outside = server.open()) {
      assertThat(outside.call(Command.of("CLIENT", "GETNAME")).asText()).isEqualTo("shop");
      assertThat(server.with(c -> c.call(Command.of("CLIENT", "GETNAME"))).asText())
          .isEqualTo("shop");
    }
  }

  @Test
  void a_cluster_of_more_than_one_shard_is_refused() throws InterruptedException {
    String[] mode = {"--cluster-enabled", "yes", "--cluster-require-full-coverage", "no"};
    try (LocalRedis one = LocalRedis.builder().arguments(mode).start();
        LocalRedis other = LocalRedis.builder().arguments(mode).start();
        Connection first = new Connection("127.0.0.1", one.port());
        Connection second = new Connection("127.0.0.1", other.port())) {
      ask(first, slots(0, 8191));
      ask(second, slots(8192, 16383));
      ask(first, Command.of("CLUSTER", "MEET", "127.0.0.1", Integer.toString(other.port())));
      await(() -> ask(first, Command.of("CLUSTER", "INFO")).contains("cluster_size:2"));
      try (RqClient client = RqClient.connect(one.uri().toString())) {
        assertThatThrownBy(() -> client.queue("default").size())
            .isInstanceOf(RedisClusterException.class)
            .hasMessageContaining("2 shards");
      }
    }
  }

  @Test
  void a_cluster_of_one_shard_is_refused_since_rq_fails_there() throws InterruptedException {
    try (LocalRedis redis = LocalRedis.builder().arguments("--cluster-enabled", "yes").start();
        Connection node = new Connection("127.0.0.1", redis.port());
        RqClient client = RqClient.connect(redis.uri().toString())) {
      ask(node, slots(0, 16383));
      await(() -> ask(node, Command.of("CLUSTER", "INFO")).contains("cluster_size:1"));
      assertThatThrownBy(() -> client.queue("default").size())
          .isInstanceOf(RedisClusterException.class)
          .hasMessageContaining("is in cluster mode");
    }
  }

  /** Not through our own connections, which refuse the server. */
  private static String ask(Connection connection, Command command) {
    connection.sendCommand(command::name, command.arguments());
    return new String((byte[]) connection.getOne(), StandardCharsets.UTF_8);
  }

  private static Command slots(int first, int last) {
    Command command = Command.of("CLUSTER", "ADDSLOTS");
    IntStream.rangeClosed(first, last).forEach(command::add);
    return command;
  }

  @Test
  void the_applications_own_jedis_client_is_used_and_left_open() {
    try (LocalRedis redis = LocalRedis.start();
        RedisClient jedis =
            RedisClient.builder()
                .hostAndPort("127.0.0.1", redis.port())
                .clientConfig(DefaultJedisClientConfig.builder().resp2().build())
                .build()) {
      enqueueAndWait(JedisConnections.of(jedis));
      assertThat(jedis.smembers("rq:queues")).containsExactly("rq:queue:default");
    }
  }

  @Test
  void a_jedis_client_of_the_other_protocol_is_refused() {
    try (LocalRedis redis = LocalRedis.start();
        RedisClient jedis =
            RedisClient.builder()
                .hostAndPort("127.0.0.1", redis.port())
                .clientConfig(DefaultJedisClientConfig.builder().resp3().build())
                .build();
        RqClient client = RqClient.builder(JedisConnections.of(jedis)).build()) {
      assertThatThrownBy(() -> client.queue("default").size())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("resp2");
    }
  }

  @Test
  void a_failover_is_followed() throws Exception {
    try (LocalRedis primary = LocalRedis.start();
        LocalRedis replica =
            LocalRedis.builder()
                .arguments("--replicaof", "127.0.0.1", Integer.toString(primary.port()))
                .start();
        TestSentinels sentinels = TestSentinels.watch(primary.port());
        RqClient client = RqClient.connect(sentinels.url("mymaster"))) {
      var job = client.queue("default").enqueue(Call.of("tasks.add"));
      CompletableFuture<?> future = job.resultAsync(Duration.ofMinutes(2));
      sentinels.awaitReplicas(1);
      primary.kill();
      await(
          () -> {
            try {
              return client.queue("default").jobIds().contains(job.id())
                  && client.workers().count() == 0
                  && suspends(client);
            } catch (RedisUnavailableException | RedisCommandException e) {
              return false;
            }
          });
      job.cancel();
      assertThat(future).failsWithin(PATIENCE);
      assertThat(replica.isRunning()).isTrue();
    }
  }

  private static boolean suspends(RqClient client) {
    client.workers().suspend();
    return client.workers().resume();
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(condition);
  }
}
