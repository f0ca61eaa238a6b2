package io.github.rq4j.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.local.LocalRedis;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class BareExchangeTest {

  @Test
  void each_id_gets_a_result() throws Exception {
    try (LocalRedis redis = LocalRedis.start();
        ResultWaiters waiters = new ResultWaiters(redis.uri().toString(), 2);
        BareExchange exchange = new BareExchange(redis.uri().toString())) {
      List<String> ids = List.of(exchange.send(), exchange.send());

      assertThat(ids).doesNotHaveDuplicates();
      for (String id : ids) {
        assertThat(waiters.await(id).get(10, TimeUnit.SECONDS)).isLessThan(System.nanoTime());
      }
    }
  }
}
