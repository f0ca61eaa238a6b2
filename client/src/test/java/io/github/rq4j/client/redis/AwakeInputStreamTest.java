package io.github.rq4j.client.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class AwakeInputStreamTest {
  /** A connection on which a byte comes after so many looks, of which each takes some time. */
  private static final class Late extends InputStream {
    private final int looksUntilThere;
    private int looks;
    private int looksInAll;

    long nanoTime() {
      return looksInAll * 10_000L;
    }

    Late(int looksUntilThere) {
      this.looksUntilThere = looksUntilThere;
    }

    @Override
    public int available() {
      looksInAll++;
      return looks++ < looksUntilThere ? 0 : 1;
    }

    @Override
    public int read() {
      looks = 0;
      return 'x';
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      bytes[offset] = (byte) read();
      return 1;
    }
  }

  private static AwakeInputStream awake(Late connection) {
    return new AwakeInputStream(connection, connection::nanoTime);
  }

  private static void read(AwakeInputStream input, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      byte[] bytes = new byte[8];
      assertThat(input.read(bytes, 2, 6)).isEqualTo(1);
      assertThat(bytes[2]).isEqualTo((byte) 'x');
    }
  }

  @Test
  void it_looks_until_a_reply_is_there_that_comes_soon() throws IOException {
    Late soon = new Late(3);
    read(awake(soon), 1_000);
    assertThat(soon.looksInAll).isEqualTo(4_000);
  }

  @Test
  void it_sleeps_at_once_where_replies_took_long() throws IOException {
    Late never = new Late(Integer.MAX_VALUE);
    AwakeInputStream input = awake(never);
    read(input, 2);
    int looks = never.looksInAll;
    assertThat(looks).isPositive();

    read(input, AwakeInputStream.READS_ASLEEP);
    assertThat(never.looksInAll).isEqualTo(looks);
  }

  @Test
  void it_tries_again_now_and_then() throws IOException {
    Late never = new Late(Integer.MAX_VALUE);
    AwakeInputStream input = awake(never);
    read(input, 2 + AwakeInputStream.READS_ASLEEP);
    int looks = never.looksInAll;

    read(input, 1);
    assertThat(never.looksInAll).isGreaterThan(looks);
  }
}
