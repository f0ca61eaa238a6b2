package io.github.rq4j.codec.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.VectorFiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles cut short or changed: each is read or refused, and nothing else ever happens. */
class DamagedPicklesTest {
  private static final int SMALL = 200;

  @ParameterizedTest
  @ValueSource(
      strings = {"scalars", "strings", "containers", "sharing", "datetime", "stdlib", "classes"})
  void every_beginning_of_a_pickle_is_refused(String file) throws IOException {
    List<String> read =
        smallPickles(file).parallelStream()
            .flatMap(
                pickle ->
                    IntStream.range(0, lastStop(pickle))
                        .mapToObj(length -> Arrays.copyOf(pickle, length)))
            .filter(beginning -> !isRefused(beginning))
            .map(HexFormat.of()::formatHex)
            .toList();

    assertThat(read).isEmpty();
  }

  private static int lastStop(byte[] pickle) {
    int end = pickle.length - 1;
    while (pickle[end] != '.') {
      end--;
    }
    return end;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"scalars", "strings", "containers", "sharing", "datetime", "stdlib", "classes"})
  void every_pickle_with_a_changed_byte_is_read_or_refused(String file) throws IOException {
    long refused =
        smallPickles(file).parallelStream()
            .flatMap(DamagedPicklesTest::changed)
            .filter(DamagedPicklesTest::isRefused)
            .count();

    assertThat(refused).isPositive();
  }

  private static Stream<byte[]> changed(byte[] pickle) {
    return IntStream.range(0, pickle.length)
        .boxed()
        .flatMap(
            index ->
                IntStream.of(0xFF, 0x01, 0x20)
                    .mapToObj(
                        change -> {
                          byte[] changed = pickle.clone();
                          changed[index] ^= (byte) change;
                          return changed;
                        }));
  }

  @Property
  void any_bytes_are_read_or_refused(@ForAll @Size(max = 60) byte[] bytes) {
    isRefused(bytes);
  }

  @Property
  void any_opcodes_are_read_or_refused(@ForAll @Size(max = 40) List<Byte> choices) {
    String opcodes =
        "NK()]}tldeusaq\u0000h\u0000\u0085\u0086\u0087\u0088\u008f\u0090\u0091\u0094012Rb\u0081\u0092o.";
    StringBuilder pickle = new StringBuilder();
    for (byte choice : choices) {
      pickle.append(opcodes.charAt(Math.floorMod(choice, opcodes.length())));
    }
    isRefused(Pickles.bytes(pickle.append('.').toString()));
  }

  /** Whether a pickle is refused; any other failure than a documented one goes through. */
  private static boolean isRefused(byte[] pickle) {
    try {
      Pickles.read(pickle);
      return false;
    } catch (CodecException e) {
      return String.valueOf(e.getMessage()).startsWith("pickle, byte ");
    }
  }

  private static List<byte[]> smallPickles(String file) throws IOException {
    Set<String> pickles = new LinkedHashSet<>();
    ObjectMapper mapper = new ObjectMapper();
    for (String line : VectorFiles.lines(file)) {
      JsonNode hex = mapper.readTree(line).path("hex");
      if (hex.isTextual() && hex.asText().length() <= 2 * SMALL) {
        pickles.add(hex.asText());
      }
    }
    return pickles.stream().map(HexFormat.of()::parseHex).toList();
  }
}
