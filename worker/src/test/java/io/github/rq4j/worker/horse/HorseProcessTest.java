package io.github.rq4j.worker.horse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The start of child processes, good and bad ones. */
class HorseProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static HorseCommand command(Class<?> program, String... arguments) {
    return new HorseCommand(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
        System.getProperty("java.class.path"),
        program.getName(),
        List.of(arguments),
        Redirect.DISCARD,
        Redirect.DISCARD);
  }

  private static HorseProcess start(Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    return HorseProcess.start(command(program, arguments), new SecureRandom(), PATIENCE);
  }

  /** Sends back what it gets. */
  public static final class Echo {
    private Echo() {}

    /** Until the channel ends; then with an exit code of its own. */
    public static void main(String[] args) throws IOException {
      HorseChannel channel = HorseChannel.toWorker(System.in);
      Frame frame = channel.receive();
      while (frame != null) {
        channel.send(frame);
        frame = channel.receive();
      }
      System.exit(5);
    }
  }

  @Test
  void both_sides_hear_each_other_until_one_hangs_up() throws Exception {
    HorseProcess horse = start(Echo.class);
    try {
      Frame sent = new FieldOutput().add("hello").toFrame(FrameType.RUN);
      horse.channel().send(sent);
      Frame echo = Objects.requireNonNull(horse.channel().receive());
      assertThat(new FieldInput(echo).text()).isEqualTo("hello");
      horse.channel().close();
      assertThat(horse.awaitEnd(PATIENCE)).isEqualTo(WaitStatus.ofExitValue(5));
    } finally {
      horse.kill();
    }
  }

  @Test
  void a_killed_process_tells_its_signal() throws Exception {
    HorseProcess horse = start(Echo.class);
    horse.kill();
    assertThat(horse.awaitEnd(PATIENCE)).isEqualTo(WaitStatus.ofSignal(9));
    assertThat(horse.isAlive()).isFalse();
  }

  /** Ends at once. */
  public static final class Gone {
    private Gone() {}

    /** With an exit code of its own. */
    public static void main(String[] args) {
      System.exit(4);
    }
  }

  @Test
  void a_process_that_ends_before_it_is_ready_is_reported() {
    assertThatThrownBy(() -> start(Gone.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ended with exit code 4 before it was ready");
  }

  /** Says hello as something else, and then waits. */
  public static final class Stranger {
    private Stranger() {}

    /** Connects with a version and, where it is told to, with the secret. */
    public static void main(String[] args) throws IOException {
      byte[] secret = System.in.readNBytes(HorseChannel.SECRET_BYTES);
      int port =
          Integer.parseInt(new String(System.in.readAllBytes(), StandardCharsets.US_ASCII).strip());
      byte[] shown = args[1].equals("secret") ? secret : new byte[HorseChannel.SECRET_BYTES];
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        HorseChannel.over(socket)
            .send(
                new FieldOutput()
                    .add(HorseChannel.MAGIC)
                    .add(Integer.parseInt(args[0]))
                    .add(shown)
                    .toFrame(FrameType.HELLO));
        int unused = socket.getInputStream().read();
      }
    }
  }

  @Test
  void another_version_of_the_protocol_is_refused() {
    assertThatThrownBy(() -> start(Stranger.class, "99", "secret"))
        .isInstanceOf(HorseProtocolException.class)
        .hasMessageContaining("speaks version 99")
        .hasMessageContaining("the class path was changed");
  }

  @Test
  void nobody_is_let_in_without_the_secret() {
    assertThatThrownBy(() -> start(Stranger.class, "1", "none"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("before it was ready");
  }

  /** Never connects. */
  public static final class Silent {
    private Silent() {}

    /** Sleeps. */
    public static void main(String[] args) throws InterruptedException {
      Thread.sleep(60_000);
    }
  }

  @Test
  void a_process_that_says_nothing_is_not_waited_for_without_end() {
    assertThatThrownBy(
            () ->
                HorseProcess.start(
                    command(Silent.class), new SecureRandom(), Duration.ofMillis(300)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("was not ready within");
  }
}
