package io.github.rq4j.codec.binding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.codec.BindingException;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonTuple;
import io.github.rq4j.codec.python.PythonValues;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class BindingPropertyTest {
  private static final String SECRET = "s3cr3t";
  private static final ValueBinder BINDER = ValueBinder.withDefaults();

  record Line(@Nullable String article, Optional<BigDecimal> price, @Nullable Line next) {}

  @Provide
  Arbitrary<Type> types() {
    return Arbitraries.of(
        boolean.class,
        byte.class,
        Short.class,
        int.class,
        Long.class,
        float.class,
        Double.class,
        BigInteger.class,
        BigDecimal.class,
        String.class,
        char.class,
        byte[].class,
        ByteBuffer.class,
        LocalDateTime.class,
        OffsetDateTime.class,
        ZonedDateTime.class,
        Instant.class,
        LocalDate.class,
        LocalTime.class,
        Duration.class,
        UUID.class,
        TimeUnit.class,
        Line.class,
        int[].class,
        String[][].class,
        Object.class,
        Number.class,
        List.class,
        Collection.class,
        new TypeReference<Set<Long>>() {}.type(),
        new TypeReference<Map<String, Optional<Double>>>() {}.type(),
        new TypeReference<Map<Object, List<String>>>() {}.type(),
        new TypeReference<List<? extends Comparable<?>>>() {}.type(),
        new TypeReference<Optional<Map<Integer, Line>>>() {}.type());
  }

  @Provide
  Arbitrary<@Nullable Object> values() {
    return PythonValues.any();
  }

  /** Values whose every text and bytes are confidential. */
  @Provide
  Arbitrary<Object> secrets() {
    return Arbitraries.recursive(
        () -> Arbitraries.of(SECRET, PythonBytes.fromArray(SECRET.getBytes(UTF_8)), SECRET + "\n"),
        inner ->
            Arbitraries.oneOf(
                inner,
                inner.list().ofMaxSize(2).map(PythonList::new),
                inner.list().ofMaxSize(2).map(PythonTuple::copyOf),
                Arbitraries.maps(Arbitraries.of(1L, SECRET, "article", "price", "next"), inner)
                    .ofMaxSize(3)
                    .map(PythonDict::new)),
        0,
        3);
  }

  @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
  void every_value_binds_or_is_refused_with_its_path(
      @ForAll("values") @Nullable Object value, @ForAll("types") Type type) {
    try {
      Object bound = BINDER.bind(value, type, "args[0]");
      if (bound != null && type instanceof Class<?> wanted && !wanted.isPrimitive()) {
        assertThat(bound).isInstanceOf(wanted);
      }
    } catch (BindingException e) {
      assertThat(e.path()).startsWith("args[0]");
      assertThat(e.getMessage()).startsWith(e.path() + ": ").hasSizeLessThan(500);
    }
  }

  @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
  void no_message_shows_what_was_decoded(
      @ForAll("secrets") Object value, @ForAll("types") Type type) {
    ValueBinder lenient = ValueBinder.builder().ignoreUnknownKeys(true).build();
    try {
      lenient.bind(value, type, "args[0]");
    } catch (BindingException e) {
      assertThat(e.getMessage()).doesNotContain(SECRET);
      assertThat(e).hasNoCause();
    }
  }
}
