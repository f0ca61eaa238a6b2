package io.github.rq4j.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisConnectionException;

@WithRedis
class RedisProxyTest {
  // Three requests in one write.
  private static final String PIPELINE = "SET a 1\nSET b 2\nSET c 3";

  private RedisProxy proxy;
  private TestRedis through;

  private static boolean isSetOfB(RedisRequest request) {
    return request.command().equals("SET") && request.argument(1).equals("b");
  }

  private static String values(TestRedis redis) {
    return String.valueOf(redis.command("MGET", "a", "b", "c"));
  }

  @BeforeEach
  void open(TestRedis redis) {
    proxy = RedisProxy.to(redis.uri());
    through = new TestRedis(proxy.uri(), "through the proxy");
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  /** A connection that sends lines of words, many in one write, and reads what comes. */
  private final class Client implements AutoCloseable {
    private final Socket socket = new Socket(proxy.uri().getHost(), proxy.uri().getPort());

    Client(TestRedis redis) throws IOException {
      socket.setSoTimeout(10_000);
      String path = redis.uri().getPath();
      send("SELECT " + (path.length() > 1 ? path.substring(1) : "0"));
      assertThat(read(5)).isEqualTo("+OK\r\n");
    }

    void send(String lines) throws IOException {
      StringBuilder bytes = new StringBuilder();
      for (String line : lines.split("\n", -1)) {
        String[] words = line.split(" ", -1);
        bytes.append('*').append(words.length).append("\r\n");
        for (String word : words) {
          bytes.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
      }
      socket.getOutputStream().write(bytes.toString().getBytes(StandardCharsets.US_ASCII));
    }

    String read(int bytes) throws IOException {
      return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
    }

    String readToEnd() throws IOException {
      StringBuilder text = new StringBuilder();
      InputStream in = socket.getInputStream();
      try {
        for (int next = in.read(); next >= 0; next = in.read()) {
          text.append((char) next);
        }
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        text.append("(reset)");
      }
      return text.toString().replace("(reset)", "");
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void requests_and_replies_of_every_kind_pass() {
    through.command("SET", "key", "wörld\r\n$3\r\n");
    assertThat(through.command("GET", "key")).isEqualTo("wörld\r\n$3\r\n");
    assertThat(through.command("GET", "missing")).isNull();
    assertThat(through.command("INCR", "n")).isEqualTo(1L);
    assertThat(String.valueOf(through.command("EVAL", "return {1, {'a', false}, {}}", "0")))
        .isEqualTo("[1, [a, null], []]");
    assertThatThrownBy(() -> through.command("NONSENSE")).hasMessageContaining("unknown command");
  }

  @Test
  void replies_of_protocol_3_pass(TestRedis redis) throws IOException {
    redis.command("HSET", "h", "f", "v");
    try (Client client = new Client(redis)) {
      client.send("HELLO 3");
      client.send("HGETALL h");
      client.send("ECHO end");
      String all = "";
      while (!all.endsWith("$3\r\nend\r\n")) {
        all += client.read(1);
      }
      assertThat(all).startsWith("%").contains("%1\r\n$1\r\nf\r\n$1\r\nv\r\n");
    }
  }

  @Test
  void a_message_passes_to_a_subscriber(TestRedis redis) throws IOException {
    String channel = "rq4j-proxy-test-" + proxy.uri().getPort();
    try (Client client = new Client(redis)) {
      client.send("SUBSCRIBE " + channel);
      while (client.read(1).charAt(0) != ':') {
        // The confirmation ends with the number of channels.
      }
      assertThat(client.read(3)).isEqualTo("1\r\n");
      redis.command("PUBLISH", channel, "hello");
      assertThat(client.read("*3\r\n$7\r\nmessage\r\n".length()))
          .isEqualTo("*3\r\n$7\r\nmessage\r\n");
    }
  }

  @Test
  void a_cut_before_a_request_keeps_it_and_what_follows_from_redis(TestRedis redis)
      throws Exception {
    Incident incident = proxy.once(RedisProxyTest::isSetOfB, Fault.CUT_BEFORE);
    try (Client client = new Client(redis)) {
      client.send(PIPELINE);
      incident.await();
      assertThat(values(redis)).isEqualTo("[1, null, null]");
      assertThat(client.readToEnd()).isIn("+OK\r\n", "");
    }
  }

  @Test
  void a_cut_after_a_request_lets_redis_carry_it_out_and_nobody_hear_of_it(TestRedis redis)
      throws Exception {
    Incident incident = proxy.once(RedisProxyTest::isSetOfB, Fault.CUT_AFTER);
    try (Client client = new Client(redis)) {
      client.send(PIPELINE);
      incident.await();
      assertThat(values(redis)).isEqualTo("[1, 2, null]");
      assertThat(client.readToEnd()).isIn("+OK\r\n", "");
    }
  }

  @Test
  void a_held_request_reaches_redis_when_it_is_released(TestRedis redis) throws Exception {
    Incident incident = proxy.once(RedisProxyTest::isSetOfB, Fault.HOLD_REQUEST);
    try (Client client = new Client(redis)) {
      client.send(PIPELINE);
      incident.await();
      assertThat(client.read(5)).isEqualTo("+OK\r\n");
      assertThat(values(redis)).isEqualTo("[1, null, null]");
      incident.release();
      assertThat(client.read(10)).isEqualTo("+OK\r\n+OK\r\n");
      assertThat(values(redis)).isEqualTo("[1, 2, 3]");
    }
  }

  @Test
  void a_held_request_that_is_cut_never_reaches_redis(TestRedis redis) throws Exception {
    Incident incident = proxy.once(RedisProxyTest::isSetOfB, Fault.HOLD_REQUEST);
    try (Client client = new Client(redis)) {
      client.send(PIPELINE);
      incident.await();
      incident.cut();
      assertThat(client.readToEnd()).isIn("+OK\r\n", "");
      assertThat(values(redis)).isEqualTo("[1, null, null]");
    }
  }

  @Test
  void a_held_reply_is_passed_on_when_it_is_released(TestRedis redis) throws Exception {
    Incident incident = proxy.once(RedisProxyTest::isSetOfB, Fault.HOLD_REPLY);
    try (Client client = new Client(redis)) {
      client.send(PIPELINE);
      incident.await();
      assertThat(redis.command("GET", "b")).isEqualTo("2");
      assertThat(client.read(5)).isEqualTo("+OK\r\n");
      client.socket.setSoTimeout(50);
      assertThatThrownBy(() -> client.read(5)).isInstanceOf(SocketTimeoutException.class);
      client.socket.setSoTimeout(10_000);
      incident.release();
      assertThat(client.read(10)).isEqualTo("+OK\r\n+OK\r\n");
    }
  }

  @Test
  void a_fault_that_was_ordered_once_happens_once() throws InterruptedException {
    Incident incident = proxy.once(RedisProxyTest::isSetOfB, Fault.CUT_BEFORE);
    assertThat(incident.hasHappened()).isFalse();
    assertThatThrownBy(() -> through.command("SET", "b", "1"))
        .isInstanceOf(JedisConnectionException.class);
    incident.await();
    assertThat(through.command("SET", "b", "1")).isEqualTo("OK");
  }

  @Test
  void each_request_can_be_judged() {
    proxy.each(request -> request.mentions("bad") ? Fault.CUT_BEFORE : Fault.NONE);
    assertThatThrownBy(() -> through.command("SET", "bad", "1"))
        .isInstanceOf(JedisConnectionException.class);
    assertThat(through.command("SET", "good", "1")).isEqualTo("OK");
    proxy.each(request -> Fault.NONE);
    assertThat(through.command("SET", "bad", "1")).isEqualTo("OK");
  }

  @Test
  void a_script_is_known_by_its_name_however_it_is_called() throws InterruptedException {
    proxy.nameScript("seven", "-- Returns seven");
    String text = "-- Returns seven\nreturn 7";
    through.command("EVAL", text, "0");
    String sha = String.valueOf(through.command("SCRIPT", "LOAD", text));
    through.command("EVALSHA", sha, "0");
    assertThat(proxy.count("seven")).isEqualTo(2);
    Incident incident = proxy.once(request -> request.script().equals("seven"), Fault.CUT_AFTER);
    assertThatThrownBy(() -> through.command("EVALSHA", sha, "0"))
        .isInstanceOf(JedisConnectionException.class);
    incident.await();
    assertThat(proxy.count("seven")).isEqualTo(3);
  }

  @Test
  void a_script_without_a_name_is_known_by_its_digest() {
    through.command("EVAL", "return 7", "0");
    assertThat(proxy.count("38f7a9ca2fbaa69e2bf69cd8e56bcf9ffd9d3a98")).isZero();
    String sha = String.valueOf(through.command("SCRIPT", "LOAD", "return 7"));
    assertThat(proxy.count(sha)).isEqualTo(1);
  }

  @Test
  void requests_that_are_sent_together_count_as_one_round_trip(TestRedis redis) throws Exception {
    try (Client client = new Client(redis)) {
      Traffic before = proxy.traffic();
      client.send(PIPELINE);
      client.read(15);
      client.send("ECHO x");
      client.read("$1\r\nx\r\n".length());
      Traffic traffic = proxy.traffic().since(before);
      assertThat(traffic.requests()).isEqualTo(4);
      assertThat(traffic.roundTrips()).isEqualTo(2);
      assertThat(traffic.connections()).isZero();
      assertThat(traffic.bytesToRedis()).isEqualTo(3 * 27 + 21);
      assertThat(proxy.count("SET")).isEqualTo(3);
    }
  }

  @Test
  void a_refusing_proxy_refuses_until_it_accepts_again() {
    through.command("SET", "a", "1");
    proxy.refuse();
    assertThatThrownBy(() -> through.command("GET", "a"))
        .isInstanceOf(JedisConnectionException.class);
    proxy.accept();
    assertThat(through.command("GET", "a")).isEqualTo("1");
  }

  @Test
  void a_frozen_proxy_answers_when_it_is_thawed() throws Exception {
    proxy.freeze();
    CompletableFuture<Object> answer =
        CompletableFuture.supplyAsync(() -> through.command("SET", "a", "1"));
    assertThatThrownBy(() -> answer.get(100, TimeUnit.MILLISECONDS))
        .isInstanceOf(java.util.concurrent.TimeoutException.class);
    proxy.thaw();
    assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("OK");
  }

  @Test
  void a_delay_is_waited_for_at_each_request() {
    proxy.delay(java.time.Duration.ofMillis(60));
    long before = System.nanoTime();
    through.command("ECHO", "x");
    assertThat(System.nanoTime() - before).isGreaterThan(60_000_000L);
  }
}
