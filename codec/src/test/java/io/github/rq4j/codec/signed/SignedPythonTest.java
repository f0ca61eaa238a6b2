package io.github.rq4j.codec.signed;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.JobDataFormat;
import io.github.rq4j.codec.LivePython;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonTuple;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The Java and the Python side of signed payloads against each other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedPythonTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final int PAYLOADS = 300;

  private final LivePython python = LivePython.start("signed_server.py");

  @BeforeAll
  void use_the_module() {
    Path folder = Path.of("..", "python-fixtures").toAbsolutePath().normalize();
    assertThat(python.ask("use(r'" + folder + "')")).isEqualTo("ready");
  }

  @AfterAll
  void stop() {
    python.close();
  }

  private static SignedSerializer.Builder accepting(SignedSerializer.Builder builder) {
    return builder.acceptedKey("2026-11", TestKeys.NEW).acceptedKey("old.key", TestKeys.OLD);
  }

  private static SignedSerializer signer(String keyId) {
    byte[] secret = keyId.equals("old.key") ? TestKeys.OLD : TestKeys.NEW;
    return accepting(SignedSerializer.around(TestKeys.AS_IS).signingKey(keyId, secret)).build();
  }

  @Test
  void both_sides_make_the_same_envelopes_and_open_them() {
    Random random = new Random(7);
    for (int i = 0; i < PAYLOADS; i++) {
      byte[] payload = new byte[random.nextInt(300)];
      random.nextBytes(payload);
      String keyId = i % 2 == 0 ? "2026-11" : "old.key";
      String hex = HEX.formatHex(payload);

      byte[] envelope = signer(keyId).serialize(PythonBytes.fromArray(payload));

      assertThat(python.ask("seal('%s', '%s')".formatted(keyId, hex)))
          .isEqualTo(HEX.formatHex(envelope));
      assertThat(python.ask("open_sealed('%s')".formatted(HEX.formatHex(envelope)))).isEqualTo(hex);
      assertThat(signer("2026-11").deserialize(envelope)).isEqualTo(PythonBytes.fromArray(payload));
    }
  }

  @Test
  void python_refuses_every_changed_bit() {
    byte[] envelope = signer("2026-11").serialize(PythonBytes.fromArray(new byte[] {1, 2, 3}));
    for (int bit = 0; bit < envelope.length * Byte.SIZE; bit++) {
      byte[] changed = envelope.clone();
      changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThat(python.ask("open_sealed('%s')".formatted(HEX.formatHex(changed))))
          .isEqualTo("refused");
    }
  }

  @Test
  void python_refuses_every_prefix() {
    byte[] envelope = signer("2026-11").serialize(PythonBytes.fromArray(new byte[] {1, 2, 3}));
    for (int length = 0; length < envelope.length; length++) {
      String prefix = HEX.formatHex(envelope, 0, length);
      assertThat(python.ask("open_sealed('%s')".formatted(prefix))).isEqualTo("refused");
    }
  }

  @Test
  void signed_json_of_python_is_read_and_written_the_same() {
    byte[] envelope = HEX.parseHex(python.ask("dumps_json('2026-11', ['\\xe4', 1.5, None])"));
    SignedSerializer json = TestKeys.around(JsonSerializer.defaults()).build();

    Object value = json.deserialize(envelope);

    assertThat(value).isEqualTo(PythonList.of("ä", 1.5, null));
    assertThat(json.serialize(value)).isEqualTo(envelope);
  }

  @Test
  void a_signed_pickle_of_java_is_loaded_by_python() {
    SignedSerializer pickle = TestKeys.around(PickleSerializer.defaults()).build();
    byte[] envelope = pickle.serialize(PythonTuple.of("shop.add", null, PythonTuple.of(1L)));

    assertThat(python.ask("loads_pickle('%s')".formatted(HEX.formatHex(envelope))))
        .isEqualTo("('shop.add', None, (1,))");
  }

  @Test
  void job_data_is_signed_before_it_is_deflated() {
    byte[] envelope =
        HEX.parseHex(python.ask("dumps_pickle('2026-11', ('shop.add', None, (1,), {'y': 2}))"));
    SignedSerializer pickle = TestKeys.around(PickleSerializer.defaults()).build();
    JobDataFormat format = new JobDataFormat(pickle, CodecLimits.defaults());

    JobData job = new JobData("shop.add", null, List.of(1L), Map.of("y", 2L));

    assertThat(format.decode(envelope)).isEqualTo(job);
    assertThat(format.decode(format.encode(job))).isEqualTo(job);
  }
}
