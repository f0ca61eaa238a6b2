package io.github.rq4j.codec.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.BindingException;
import io.github.rq4j.codec.python.PythonByteArray;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonDecimal;
import io.github.rq4j.codec.python.PythonFraction;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonTuple;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScalarBindingTest {
  private static final ValueBinder BINDER = ValueBinder.withDefaults();
  private static final BigInteger HUGE = BigInteger.TEN.pow(30);

  enum Color {
    RED,
    GREEN {
      @Override
      String shade() {
        return "dark";
      }
    };

    String shade() {
      return "light";
    }
  }

  private static <T> @Nullable T bind(@Nullable Object value, Class<T> target) {
    return BINDER.bind(value, target, "args[0]");
  }

  private static void assertRefused(@Nullable Object value, Type target, String problem) {
    assertThatThrownBy(() -> BINDER.bind(value, target, "args[0]"))
        .isInstanceOf(BindingException.class)
        .hasMessage("args[0]: " + problem);
  }

  @Test
  void an_int_becomes_every_whole_number_type_that_holds_it() {
    assertThat(bind(127L, byte.class)).isEqualTo((byte) 127);
    assertThat(bind(-32768L, Short.class)).isEqualTo((short) -32768);
    assertThat(bind(5L, int.class)).isEqualTo(5);
    assertThat(bind(5L, Long.class)).isEqualTo(5L);
    assertThat(bind(5L, BigInteger.class)).isEqualTo(BigInteger.valueOf(5));
    assertThat(bind(HUGE, BigInteger.class)).isEqualTo(HUGE);
  }

  @Test
  void an_int_out_of_range_is_refused() {
    assertRefused(128L, byte.class, "int outside the range of Java's byte");
    assertRefused(-32769L, short.class, "int outside the range of Java's short");
    assertRefused(1L << 31, Integer.class, "int outside the range of Java's int");
    assertRefused(HUGE, long.class, "int outside the range of Java's long");
    assertRefused(BigInteger.ONE.shiftLeft(64), int.class, "int outside the range of Java's int");
  }

  @Test
  void integers_of_other_serializers_bind_alike() {
    assertThat(bind(5, long.class)).isEqualTo(5L);
    assertThat(bind((byte) 5, int.class)).isEqualTo(5);
    assertThat(bind(BigInteger.TWO, int.class)).isEqualTo(2);
    assertThat(bind((short) 5, BigInteger.class)).isEqualTo(BigInteger.valueOf(5));
  }

  @Test
  void a_bool_is_no_int_and_an_int_no_bool() {
    assertRefused(true, int.class, "expected int, got bool");
    assertRefused(1L, boolean.class, "expected bool, got int");
    assertThat(bind(true, boolean.class)).isEqualTo(true);
  }

  @Test
  void a_float_never_becomes_an_int() {
    assertRefused(1.0, int.class, "expected int, got float");
    assertRefused(1.0, BigInteger.class, "expected int, got float");
  }

  @Test
  void a_text_never_becomes_a_number() {
    assertRefused("1", int.class, "expected int, got str");
    assertRefused("1", double.class, "expected float or int, got str");
    assertRefused("1", BigDecimal.class, "expected Decimal or int, got str");
  }

  @Test
  void a_float_becomes_double_and_rounds_to_float() {
    assertThat(bind(0.1, double.class)).isEqualTo(0.1);
    assertThat(bind(0.1, float.class)).isEqualTo(0.1f);
    assertThat(bind(Double.NaN, Double.class)).isNaN();
    assertThat(bind(Double.NEGATIVE_INFINITY, Float.class)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(bind(Double.NaN, float.class)).isNaN();
    assertThat(bind(0.5f, double.class)).isEqualTo(0.5);
  }

  @Test
  void a_float_beyond_javas_float_is_refused() {
    assertRefused(1e300, float.class, "float outside the range of Java's float");
  }

  @Test
  void an_int_becomes_a_float_only_if_that_is_exact() {
    assertThat(bind(1L << 53, double.class)).isEqualTo(0x1p53);
    assertThat(bind(BigInteger.ONE.shiftLeft(100), double.class)).isEqualTo(0x1p100);
    assertThat(bind(1L << 24, float.class)).isEqualTo(0x1p24f);
    assertRefused((1L << 53) + 1, double.class, "int that Java's double cannot hold exactly");
    assertRefused(Long.MAX_VALUE, double.class, "int that Java's double cannot hold exactly");
    assertRefused(
        BigInteger.ONE.shiftLeft(2000), double.class, "int that Java's double cannot hold exactly");
    assertRefused((1L << 24) + 1, float.class, "int that Java's float cannot hold exactly");
  }

  @Test
  void a_decimal_becomes_big_decimal_with_its_scale() {
    assertThat(bind(new BigDecimal("1.10"), BigDecimal.class)).isEqualTo(new BigDecimal("1.10"));
    assertThat(bind(3L, BigDecimal.class)).isEqualTo(new BigDecimal(3));
    assertThat(bind(HUGE, BigDecimal.class)).isEqualTo(new BigDecimal(HUGE));
    assertRefused(1.5, BigDecimal.class, "expected Decimal or int, got float");
    assertRefused(
        new PythonDecimal("NaN"), BigDecimal.class, "expected Decimal or int, got Decimal");
  }

  @Test
  void a_str_becomes_text() {
    assertThat(bind("x", String.class)).isEqualTo("x");
    assertThat(bind("x", CharSequence.class)).isEqualTo("x");
    assertThat(bind("x", char.class)).isEqualTo('x');
    assertRefused(1L, String.class, "expected str, got int");
    assertRefused(PythonBytes.EMPTY, String.class, "expected str, got bytes");
  }

  @Test
  void a_char_takes_one_character_of_one_unit() {
    String problem = "expected a str of one character that fits Java's char";
    assertRefused("", char.class, problem);
    assertRefused("xy", char.class, problem);
    assertRefused("\ud83d\ude00", char.class, problem);
    assertRefused(1L, char.class, "expected str of one character, got int");
  }

  @Test
  void bytes_become_arrays_and_buffers_of_their_own() {
    PythonByteArray source = PythonByteArray.fromArray(new byte[] {1, 2});
    byte[] array = bind(source, byte[].class);
    source.set(0, (byte) 9);
    assertThat(array).containsExactly(1, 2);
    assertThat(bind(PythonBytes.fromArray(new byte[] {3}), byte[].class)).containsExactly(3);
    assertThat(bind(new byte[] {4}, byte[].class)).containsExactly(4);
    ByteBuffer buffer = bind(PythonBytes.fromArray(new byte[] {5}), ByteBuffer.class);
    assertThat(buffer).isEqualTo(ByteBuffer.wrap(new byte[] {5}));
    assertThat(Optional.ofNullable(buffer).map(ByteBuffer::isReadOnly)).contains(true);
    assertRefused("text", byte[].class, "expected bytes or bytearray, got str");
  }

  @Test
  void a_str_names_a_constant_of_an_enum() {
    assertThat(bind("RED", Color.class)).isEqualTo(Color.RED);
    assertThat(bind("GREEN", Color.class)).isEqualTo(Color.GREEN);
    assertRefused("red", Color.class, "expected the name of a constant of Color, got another str");
    assertRefused(1L, Color.class, "expected str that names a constant of Color, got int");
  }

  @Test
  void a_member_of_a_python_enum_is_found_by_value_or_name() {
    PythonGlobal type = new PythonGlobal("shop.models", "Color");
    PythonObject byValue = PythonObject.reduce(type, PythonTuple.of("RED"));
    PythonObject byName =
        PythonObject.reduce(new PythonGlobal("builtins", "getattr"), PythonTuple.of(type, "GREEN"));
    assertThat(bind(byValue, Color.class)).isEqualTo(Color.RED);
    assertThat(bind(byName, Color.class)).isEqualTo(Color.GREEN);
  }

  @Test
  void a_member_of_a_python_enum_without_a_constant_is_refused() {
    PythonGlobal type = new PythonGlobal("shop.models", "Color");
    assertRefused(
        PythonObject.reduce(type, PythonTuple.of("blue")),
        Color.class,
        "expected the name of a constant of Color, got another str");
    String problem =
        "expected str that names a constant of Color, got object of class shop.models.Color";
    assertRefused(PythonObject.reduce(type, PythonTuple.of(1L)), Color.class, problem);
    assertRefused(PythonObject.newObject(type, PythonTuple.of("RED")), Color.class, problem);
    assertRefused(PythonObject.reduce(type, PythonTuple.EMPTY), Color.class, problem);
  }

  @Test
  void none_is_null_except_for_primitives() {
    assertThat(bind(null, String.class)).isNull();
    assertThat(bind(null, Integer.class)).isNull();
    assertThat(bind(null, Object.class)).isNull();
    assertRefused(null, int.class, "expected int, got None");
    assertRefused(null, boolean.class, "expected boolean, got None");
  }

  @Test
  void an_optional_takes_none_and_what_its_type_takes() {
    TypeReference<Optional<Integer>> type = new TypeReference<>() {};
    assertThat(BINDER.bind(null, type, "x")).isEqualTo(Optional.empty());
    assertThat(BINDER.bind(1L, type, "x")).isEqualTo(Optional.of(1));
    assertRefused("1", type.type(), "expected int, got str");
    assertThat((Object) bind("raw", Optional.class)).isEqualTo(Optional.of("raw"));
  }

  @Test
  void any_value_is_an_object_as_it_is() {
    PythonList list = PythonList.of(1L);
    assertThat(bind(list, Object.class)).isSameAs(list);
  }

  @Test
  void any_value_is_an_instance_of_its_own_type_as_it_is() {
    PythonTuple tuple = PythonTuple.of(1L);
    PythonFraction half = new PythonFraction(BigInteger.ONE, BigInteger.TWO);
    assertThat(bind(tuple, PythonTuple.class)).isSameAs(tuple);
    assertThat(bind(half, PythonFraction.class)).isSameAs(half);
    assertThat(bind(1L, Number.class)).isEqualTo(1L);
    assertRefused("x", Thread.class, "expected an instance of java.lang.Thread, got str");
  }

  @Test
  void the_path_of_a_failure_is_that_of_the_value() {
    assertThatThrownBy(() -> BINDER.bind("x", int.class, "kwargs['count']"))
        .isInstanceOfSatisfying(
            BindingException.class, e -> assertThat(e.path()).isEqualTo("kwargs['count']"));
  }

  @Test
  void a_hostile_class_name_is_shown_harmlessly() {
    PythonGlobal type = new PythonGlobal("evil\n\u202e", "x".repeat(500));
    assertRefused(
        PythonObject.newObject(type, PythonTuple.EMPTY),
        int.class,
        "expected int, got object of class evil??." + "x".repeat(93) + "...");
  }

  @Test
  void a_type_reference_wants_its_argument() {
    @SuppressWarnings("rawtypes") // what is tested
    class Raw extends TypeReference {}

    assertThatThrownBy(Raw::new)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("new TypeReference<List<String>>() {}");
    assertThat(new TypeReference<List<String>>() {})
        .hasToString("java.util.List<java.lang.String>");
  }
}
