package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.OptionalContent;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.python.PythonArray;
import io.github.rq4j.codec.python.PythonByteArray;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonComplex;
import io.github.rq4j.codec.python.PythonDateTime;
import io.github.rq4j.codec.python.PythonDecimal;
import io.github.rq4j.codec.python.PythonFraction;
import io.github.rq4j.codec.python.PythonFrozenSet;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonPath;
import io.github.rq4j.codec.python.PythonRange;
import io.github.rq4j.codec.python.PythonSingleton;
import io.github.rq4j.codec.python.PythonSlice;
import io.github.rq4j.codec.python.PythonTime;
import io.github.rq4j.codec.python.PythonTimeZone;
import io.github.rq4j.codec.python.PythonTuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;

/** The forms of all Java classes that can be written. */
final class ValueForms {
  private static final ClassValue<ValueForm> FOUND =
      new ClassValue<>() {
        private final ValueForms all = new ValueForms();

        @Override
        protected ValueForm computeValue(Class<?> type) {
          return all.find(type);
        }
      };

  /** The first class that a value's class is, or extends, counts. */
  private final Map<Class<?>, ValueForm> forms = new LinkedHashMap<>();

  private ValueForms() {
    addScalars();
    addValues();
    addTimes();
    addContainers();
  }

  /** The form of the values of a class. */
  static ValueForm of(Class<?> type) {
    return FOUND.get(type);
  }

  private ValueForm find(Class<?> type) {
    for (Map.Entry<Class<?>, ValueForm> entry : forms.entrySet()) {
      if (entry.getKey().isAssignableFrom(type)) {
        return entry.getValue();
      }
    }
    return ValueForms::refuse;
  }

  /** A class whose values are complete at once. */
  private <T> void leaf(Class<T> type, BiConsumer<PickleWriter, T> form) {
    container(
        type,
        (writer, value) -> {
          form.accept(writer, value);
          return true;
        });
  }

  /** A class whose values may hold others. */
  private <T> void container(Class<T> type, BiPredicate<PickleWriter, T> form) {
    forms.put(type, (writer, value) -> form.test(writer, type.cast(value)));
  }

  private void addScalars() {
    leaf(String.class, (writer, value) -> writer.scalars().text(value));
    leaf(Character.class, (writer, value) -> writer.scalars().temporaryText(value.toString()));
    leaf(Boolean.class, (writer, value) -> writer.scalars().bool(value));
    leaf(BigInteger.class, (writer, value) -> writer.scalars().integer(value));
    for (Class<? extends Number> type :
        List.of(Long.class, Integer.class, Short.class, Byte.class)) {
      leaf(type, (writer, value) -> writer.scalars().integer(value.longValue()));
    }
    for (Class<? extends Number> type : List.of(Double.class, Float.class)) {
      leaf(type, (writer, value) -> writer.scalars().floating(value.doubleValue()));
    }
    for (Class<?> type :
        List.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class)) {
      container(type, (writer, value) -> writer.write(OptionalContent.of(value)));
    }
  }

  private void addValues() {
    leaf(byte[].class, (writer, value) -> writer.standard().bytes().bytes(value, value));
    leaf(
        PythonBytes.class,
        (writer, value) -> writer.standard().bytes().bytes(value.toByteArray(), value));
    leaf(PythonByteArray.class, (writer, value) -> writer.standard().bytes().byteArray(value));
    leaf(BigDecimal.class, (writer, value) -> writer.standard().numbers().decimal(value));
    leaf(PythonDecimal.class, (writer, value) -> writer.standard().numbers().decimal(value));
    leaf(PythonFraction.class, (writer, value) -> writer.standard().numbers().fraction(value));
    leaf(PythonComplex.class, (writer, value) -> writer.standard().numbers().complex(value));
    leaf(PythonRange.class, (writer, value) -> writer.standard().numbers().range(value));
    leaf(UUID.class, (writer, value) -> writer.standard().library().uuid(value));
    leaf(PythonPath.class, (writer, value) -> writer.standard().library().path(value));
    leaf(GlobalRef.class, (writer, value) -> writer.standard().globals().global(value));
    leaf(PythonGlobal.class, PickleWriter::global);
    leaf(
        PythonSingleton.class,
        (writer, value) ->
            writer
                .standard()
                .globals()
                .global(
                    value == PythonSingleton.ELLIPSIS
                        ? Globals.ELLIPSIS
                        : Globals.NOT_IMPLEMENTED));
  }

  private void addTimes() {
    leaf(LocalDate.class, (writer, value) -> writer.standard().times().date(value));
    leaf(Duration.class, (writer, value) -> writer.standard().times().duration(value));
    leaf(Instant.class, (writer, value) -> writer.standard().times().instant(value));
    leaf(ZonedDateTime.class, (writer, value) -> writer.standard().times().dateTime(value));
    leaf(ZoneId.class, (writer, value) -> writer.standard().times().zone(value));
    leaf(PythonTimeZone.class, (writer, value) -> writer.standard().times().zone(value));
    leaf(
        LocalTime.class,
        (writer, value) -> writer.standard().times().time(value, value, false, null));
    leaf(
        LocalDateTime.class,
        (writer, value) -> writer.standard().times().dateTime(value, value, false, null));
    leaf(
        OffsetTime.class,
        (writer, value) ->
            writer.standard().times().time(value, value.toLocalTime(), false, value.getOffset()));
    leaf(
        OffsetDateTime.class,
        (writer, value) ->
            writer
                .standard()
                .times()
                .dateTime(value, value.toLocalDateTime(), false, value.getOffset()));
    container(PythonTime.class, ContainerForms::time);
    container(PythonDateTime.class, ContainerForms::dateTime);
  }

  private void addContainers() {
    container(PythonTuple.class, ContainerForms::tuple);
    container(PythonFrozenSet.class, ContainerForms::frozenSet);
    container(PythonArray.class, ContainerForms::array);
    container(PythonSlice.class, ContainerForms::slice);
    container(PythonObject.class, PickleWriter::object);
    container(Map.class, ContainerForms::map);
    container(Set.class, ContainerForms::set);
    container(Collection.class, ContainerForms::list);
    container(Object[].class, ContainerForms::array);
    for (Class<?> type :
        List.of(
            int[].class,
            long[].class,
            double[].class,
            float[].class,
            short[].class,
            char[].class,
            boolean[].class)) {
      leaf(type, (writer, value) -> writer.standard().arrays().primitives(value));
    }
    leaf(Enum.class, (writer, value) -> writer.scalars().text(value.name()));
    container(Record.class, ContainerForms::record);
  }

  private static boolean refuse(PickleWriter writer, Object value) {
    throw new UnsupportedValueException(
        "a "
            + value.getClass().getName()
            + " has no Python form; pass a record, a Map or another type that has");
  }
}
