package io.github.rq4j.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineStreamTest {
  private final List<String> lines = new ArrayList<>();
  private final LineStream stream = new LineStream(lines::add);

  @Test
  void a_line_comes_out_when_it_is_complete() throws IOException {
    write("one\ntw");

    assertThat(lines).containsExactly("one");
  }

  @Test
  void parts_of_a_character_are_put_together() throws IOException {
    byte[] umlaut = "\u00fc\n".getBytes(StandardCharsets.UTF_8);
    for (byte part : umlaut) {
      stream.write(part);
    }

    assertThat(lines).containsExactly("\u00fc");
  }

  @Test
  void closing_passes_on_what_is_left() throws IOException {
    write("one\r\ntwo");
    stream.close();

    assertThat(lines).containsExactly("one", "two");
  }

  private void write(String text) throws IOException {
    stream.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
