package io.github.rq4j.worker.horse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Frames on the wire, and what is none. */
class HorseChannelTest {
  private static final int CASES = 20_000;
  private static final Frame FRAME =
      new FieldOutput().add("a text").add(7).add((String) null).add(8L).toFrame(FrameType.RUN);

  private static HorseChannel receiving(byte[] bytes) {
    return new HorseChannel(new ByteArrayInputStream(bytes), new ByteArrayOutputStream(), () -> {});
  }

  private static byte[] sent(Frame... frames) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HorseChannel channel = new HorseChannel(new ByteArrayInputStream(new byte[0]), out, () -> {});
    for (Frame frame : frames) {
      channel.send(frame);
    }
    return out.toByteArray();
  }

  private static byte[] header(int length, int type) {
    return ByteBuffer.allocate(5).putInt(length).put((byte) type).array();
  }

  @Test
  void frames_arrive_as_they_were_sent() throws IOException {
    Frame large = new FieldOutput().add(new byte[100_000]).toFrame(FrameType.OUTCOME);
    HorseChannel channel = receiving(sent(FRAME, large, new Frame(FrameType.BYE)));
    Frame first = Objects.requireNonNull(channel.receive());
    assertThat(first.type()).isEqualTo(FrameType.RUN);
    FieldInput fields = new FieldInput(first);
    assertThat(fields.text()).isEqualTo("a text");
    assertThat(fields.number()).isEqualTo(7);
    assertThat(fields.optionalText()).isNull();
    assertThat(fields.longNumber()).isEqualTo(8);
    fields.end();
    assertThat(Objects.requireNonNull(channel.receive()).body()).isEqualTo(large.body());
    assertThat(Objects.requireNonNull(channel.receive()).type()).isEqualTo(FrameType.BYE);
    assertThat(channel.receive()).as("the end").isNull();
  }

  @Test
  void a_truncated_frame_is_reported_with_its_offset() throws IOException {
    byte[] whole = sent(FRAME, FRAME);
    int second = whole.length / 2;
    for (int end = second + 1; end < whole.length; end++) {
      HorseChannel channel = receiving(Arrays.copyOf(whole, end));
      channel.receive();
      assertThatThrownBy(channel::receive)
          .isInstanceOf(HorseProtocolException.class)
          .hasMessageStartingWith("offset " + second + ": the channel ended after ");
    }
  }

  @Test
  void a_length_that_lies_costs_no_memory() {
    byte[] lie = Arrays.copyOf(header(HorseChannel.MAXIMUM_BODY, 0), 20);
    assertThatThrownBy(() -> receiving(lie).receive())
        .isInstanceOf(HorseProtocolException.class)
        .hasMessageContaining("ended after 15 of " + HorseChannel.MAXIMUM_BODY);
  }

  @Test
  void a_frame_that_is_too_large_is_refused() {
    for (int length : new int[] {HorseChannel.MAXIMUM_BODY + 1, -1, Integer.MIN_VALUE}) {
      assertThatThrownBy(() -> receiving(header(length, 0)).receive())
          .isInstanceOf(HorseProtocolException.class)
          .hasMessageContaining("larger than");
    }
  }

  @Test
  void a_frame_of_no_known_type_is_refused() {
    for (int type : new int[] {FrameType.values().length, 127, -1}) {
      assertThatThrownBy(() -> receiving(header(0, type)).receive())
          .isInstanceOf(HorseProtocolException.class)
          .hasMessageContaining("no frame of type");
    }
  }

  @Test
  void no_byte_of_a_body_shows_in_its_text() {
    assertThat(FRAME.toString()).isEqualTo("RUN of " + FRAME.body().length + " bytes");
  }

  @Test
  void random_bytes_are_frames_or_are_refused_by_type() throws IOException {
    Random random = new Random(6);
    int refused = 0;
    for (int i = 0; i < CASES; i++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      if (bytes.length > 4 && random.nextBoolean()) {
        // Near enough to a frame to be read as one.
        System.arraycopy(header(random.nextInt(48), random.nextInt(12)), 0, bytes, 0, 5);
      }
      refused += isRefused(bytes) ? 1 : 0;
    }
    assertThat(refused).isBetween(CASES / 4, CASES - 1);
  }

  private static boolean isRefused(byte[] bytes) throws IOException {
    HorseChannel channel = receiving(bytes);
    try {
      Frame frame = channel.receive();
      while (frame != null) {
        FieldInput fields = new FieldInput(frame);
        fields.number();
        fields.optionalBytes();
        fields.count();
        fields.text();
        fields.longNumber();
        fields.end();
        frame = channel.receive();
      }
      return false;
    } catch (HorseProtocolException e) {
      return true;
    }
  }

  @Test
  void a_horse_that_nobody_started_says_so() {
    assertThatThrownBy(() -> HorseChannel.toWorker(new ByteArrayInputStream(new byte[] {1, 2})))
        .isInstanceOf(HorseProtocolException.class)
        .hasMessageContaining("a worker has to start this program");
  }
}
