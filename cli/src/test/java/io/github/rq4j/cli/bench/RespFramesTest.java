package io.github.rq4j.cli.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.cli.bench.RespFrames.Frame;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class RespFramesTest {

  private static RespFrames frames(String bytes) {
    return new RespFrames(new ByteArrayInputStream(bytes.getBytes(US_ASCII)));
  }

  @Test
  void commands_are_cut_where_they_end_and_keep_their_bytes() throws IOException {
    RespFrames frames =
        frames("*2\r\n$3\r\nget\r\n$12\r\na\r\n*1\r\n$4\r\nx\r\n*1\r\n$4\r\nPING\r\n");

    Frame first = Objects.requireNonNull(frames.next());
    Frame second = Objects.requireNonNull(frames.next());

    assertThat(first.name()).isEqualTo("GET");
    assertThat(first.bytes())
        .asString(US_ASCII)
        .isEqualTo("*2\r\n$3\r\nget\r\n$12\r\na\r\n*1\r\n$4\r\nx\r\n");
    assertThat(second.name()).isEqualTo("PING");
    assertThat(frames.next()).isNull();
  }

  @Test
  void an_end_within_a_command_is_reported() {
    assertThatThrownBy(() -> frames("*2\r\n$3\r\nGET\r\n$9\r\nabc").next())
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> frames("*2\r\n$3").next()).isInstanceOf(EOFException.class);
  }

  @Test
  void what_is_no_array_is_refused() {
    assertThatThrownBy(() -> frames("PING\r\n").next())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("array");
  }
}
