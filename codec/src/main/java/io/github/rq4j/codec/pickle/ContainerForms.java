package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.python.PythonArray;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonDateTime;
import io.github.rq4j.codec.python.PythonFrozenSet;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonSet;
import io.github.rq4j.codec.python.PythonSlice;
import io.github.rq4j.codec.python.PythonTime;
import io.github.rq4j.codec.python.PythonTuple;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Begins values that hold others. All tell whether the value is complete already. */
final class ContainerForms {
  private ContainerForms() {}

  static boolean tuple(PickleWriter writer, PythonTuple tuple) {
    OpcodeWriter opcodes = writer.opcodes();
    if (opcodes.isReference(tuple)) {
      return true;
    }
    opcodes.beginTuple(tuple.size());
    return tuple.isEmpty() || writer.open(new OpenTuple(tuple, tuple.toArray()));
  }

  static boolean list(PickleWriter writer, Collection<?> list) {
    return !writer.opcodes().beginList(list)
        || list.isEmpty()
        || writer.open(OpenItems.ofList(list.toArray(), true));
  }

  static boolean array(PickleWriter writer, @Nullable Object[] array) {
    return !writer.opcodes().beginList(array)
        || array.length == 0
        || writer.open(OpenItems.ofList(array, true));
  }

  static boolean map(PickleWriter writer, Map<?, ?> map) {
    return !writer.opcodes().beginDict(map)
        || map.isEmpty()
        || writer.open(OpenItems.ofDict(MapEntries.of(map, writer.mappings()), true));
  }

  static boolean record(PickleWriter writer, Record object) {
    if (!writer.opcodes().beginDict(object)) {
      return true;
    }
    @Nullable Object[] entries = MapEntries.of(object);
    return entries.length == 0 || writer.open(OpenItems.ofDict(entries, true));
  }

  static boolean set(PickleWriter writer, Set<?> set) {
    if (writer.opcodes().protocol() < 4) {
      return call(writer, set, Globals.SET, Arrays.asList(members(writer, set)));
    }
    return !writer.opcodes().beginSet(set)
        || set.isEmpty()
        || writer.open(new OpenSet(members(writer, set), null));
  }

  private static @Nullable Object[] members(PickleWriter writer, Set<?> set) {
    @Nullable Object[] members = set.toArray();
    if (!(set instanceof PythonSet)) {
      MapEntries.checkKeys(members, 1, writer.mappings());
    }
    return members;
  }

  static boolean frozenSet(PickleWriter writer, PythonFrozenSet set) {
    if (writer.opcodes().isReference(set)) {
      return true;
    }
    @Nullable Object[] members = set.asSet().toArray();
    return writer.open(
        writer.opcodes().protocol() < 4
            ? new OpenCall(set, Globals.FROZENSET, Arrays.asList(members))
            : new OpenSet(members, set));
  }

  static boolean slice(PickleWriter writer, PythonSlice slice) {
    return call(writer, slice, Globals.SLICE, slice.start(), slice.stop(), slice.step());
  }

  static boolean array(PickleWriter writer, PythonArray array) {
    if (writer.opcodes().protocol() >= 3) {
      writer.standard().arrays().array(array);
      return true;
    }
    return call(writer, array, Globals.ARRAY, array.typeCode(), array.asList());
  }

  /** A time whose zone may be an object of any kind. */
  static boolean time(PickleWriter writer, PythonTime time) {
    TimeForms times = writer.standard().times();
    if (time.zone() instanceof PythonObject zone) {
      byte[] payload = times.timePayload(time.toLocalTime(), time.fold());
      return call(writer, time, Globals.TIME, PythonBytes.fromArray(payload), zone);
    }
    times.time(time, time.toLocalTime(), time.fold(), time.zone());
    return true;
  }

  /** A date and time whose zone may be an object of any kind. */
  static boolean dateTime(PickleWriter writer, PythonDateTime time) {
    TimeForms times = writer.standard().times();
    if (time.zone() instanceof PythonObject zone) {
      byte[] payload = times.dateTimePayload(time.toLocalDateTime(), time.fold());
      return call(writer, time, Globals.DATETIME, PythonBytes.fromArray(payload), zone);
    }
    times.dateTime(time, time.toLocalDateTime(), time.fold(), time.zone());
    return true;
  }

  private static boolean call(
      PickleWriter writer, Object result, GlobalRef callable, @Nullable Object... args) {
    return writer.opcodes().isReference(result)
        || writer.open(new OpenCall(result, callable, args));
  }
}
