package io.github.rq4j.codec.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.codec.LivePython;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonExpression;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonValues;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** What is written here against what a live Python loads and writes. */
class PicklePropertyTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final List<PickleSerializer> SERIALIZERS = serializers();
  private static @Nullable LivePython python;

  @BeforeContainer
  static void start() {
    python = LivePython.start("pickle_server.py");
  }

  @AfterContainer
  static void stop() {
    python().close();
  }

  private static LivePython python() {
    return Objects.requireNonNull(python);
  }

  private static List<PickleSerializer> serializers() {
    List<PickleSerializer> serializers = new ArrayList<>();
    for (int protocol = 0; protocol <= PickleSerializer.DEFAULT_PROTOCOL; protocol++) {
      serializers.add(
          PickleSerializer.builder().protocol(protocol).allowGlobals(global -> true).build());
    }
    return serializers;
  }

  @Property(tries = 10_000)
  void every_value_is_written_as_python_writes_it(
      @ForAll("values") @Nullable Object value, @ForAll @IntRange(max = 5) int protocol) {
    String pickle = HEX.formatHex(SERIALIZERS.get(protocol).serialize(value));
    String question =
        "written('%s', %d, %s)".formatted(pickle, protocol, PythonExpression.of(value));
    assertThat(python().ask(question)).isEqualTo("same");
  }

  @Property(tries = 10_000)
  void every_pickle_of_python_is_written_again_as_it_was(
      @ForAll("seeds") long seed, @ForAll @IntRange(max = 5) int protocol) {
    String pickle = python().ask("generate(%d, %d)".formatted(seed, protocol));
    if (!pickle.equals("unstable")) {
      PickleSerializer serializer = SERIALIZERS.get(protocol);
      Object value = serializer.deserialize(HEX.parseHex(pickle));
      assertThat(HEX.formatHex(serializer.serialize(value))).isEqualTo(pickle);
    }
  }

  @Provide
  Arbitrary<@Nullable Object> values() {
    Arbitrary<@Nullable Object> any = PythonValues.any();
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(20, any),
        net.jqwik.api.Tuple.of(
            1,
            Combinators.combine(any, Arbitraries.integers().between(0, 1100))
                .as(PicklePropertyTest::repeated)),
        net.jqwik.api.Tuple.of(1, singleBytes()));
  }

  /** Equal bytes that are not one object. */
  private static Arbitrary<@Nullable Object> singleBytes() {
    return Arbitraries.bytes()
        .between((byte) 'a', (byte) 'b')
        .map(value -> PythonBytes.fromArray(new byte[] {value}))
        .list()
        .ofSize(3)
        .map(PythonList::new);
  }

  private static PythonList repeated(@Nullable Object value, int count) {
    PythonList list = new PythonList();
    for (int i = 0; i < count; i++) {
      list.add(value);
    }
    return list;
  }

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs().between(0, Long.MAX_VALUE).withoutEdgeCases();
  }
}
