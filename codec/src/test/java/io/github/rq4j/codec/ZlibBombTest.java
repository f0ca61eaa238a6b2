package io.github.rq4j.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Zlib bombs, in a JVM with so little memory that believing one of them would end it. */
class ZlibBombTest {
  private static final int HEAP_MEGABYTES = 32;
  private static final int BOMB_MEGABYTES = 256;

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void a_quarter_of_a_gigabyte_is_refused_in_a_heap_of_32_megabytes() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MEGABYTES + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName())
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(said.lines())
          .containsExactlyElementsOf(
              List.of("job data: exceeds maxInflatedBytes", "text: exceeds maxInflatedBytes"));
    } finally {
      jvm.destroyForcibly();
    }
  }

  /** Runs in the small JVM. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] args) throws IOException {
      byte[] bomb = bomb();
      report("job data", () -> format(CodecLimits.defaults()).decode(bomb));
      report("text", () -> CompressedText.expand(bomb, CodecLimits.defaults()));
    }

    private static byte[] bomb() throws IOException {
      ByteArrayOutputStream bomb = new ByteArrayOutputStream();
      byte[] zeros = new byte[1 << 20];
      try (DeflaterOutputStream out = new DeflaterOutputStream(bomb)) {
        for (int i = 0; i < BOMB_MEGABYTES; i++) {
          out.write(zeros);
        }
      }
      return bomb.toByteArray();
    }

    private static JobDataFormat format(CodecLimits limits) {
      return new JobDataFormat(
          new Serializer() {
            @Override
            public byte[] serialize(@Nullable Object value) {
              throw new UnsupportedValueException("not asked for");
            }

            @Override
            public @Nullable Object deserialize(byte[] bytes) {
              throw new MalformedPayloadException("read in spite of the limits");
            }
          },
          limits);
    }

    private static void report(String name, Runnable attack) {
      try {
        attack.run();
        System.out.println(name + ": survived?");
      } catch (MalformedPayloadException e) {
        String message = String.valueOf(e.getMessage());
        boolean size = message.contains("limit maxInflatedBytes");
        System.out.println(name + ": " + (size ? "exceeds maxInflatedBytes" : message));
      }
    }
  }
}
