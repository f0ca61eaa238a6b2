package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonSingleton;
import io.github.rq4j.codec.python.PythonTuple;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The closed table of the Python classes and functions that have a Java form. A name outside of it
 * is kept as a name, and a call of it as an inert object.
 */
final class KnownTypes {
  /** Makes the Java form of a call. */
  interface Maker {
    /**
     * Makes the value.
     *
     * @return null if the arguments may be right but have no Java form
     * @throws BadArguments if Python, too, would refuse them
     */
    @Nullable Object make(PythonTuple args, CodecLimits limits) throws BadArguments;
  }

  private static final PythonGlobal GETATTR = new PythonGlobal("builtins", "getattr");
  private static final PythonGlobal RECONSTRUCTOR = new PythonGlobal("copyreg", "_reconstructor");
  private static final PythonGlobal OBJECT = new PythonGlobal("builtins", "object");
  private static final PythonGlobal UUID_CLASS = new PythonGlobal("uuid", "UUID");
  private static final PythonGlobal ZONE_INFO = new PythonGlobal("zoneinfo", "ZoneInfo");
  private static final PythonGlobal PARTIAL = new PythonGlobal("functools", "partial");
  private static final String UNPICKLE = "_unpickle";

  /** From this protocol on nested names are dotted, and a call of getattr means something else. */
  private static final int FIRST_PROTOCOL_WITH_DOTS = 4;

  private static final int UUID_BITS = 128;

  private static final Map<PythonGlobal, Maker> MAKERS = makers();
  private static final Map<PythonGlobal, Object> CONSTANTS =
      Map.of(
          new PythonGlobal("builtins", "Ellipsis"),
          PythonSingleton.ELLIPSIS,
          new PythonGlobal("builtins", "NotImplemented"),
          PythonSingleton.NOT_IMPLEMENTED,
          new PythonGlobal("builtins", "True"),
          true,
          new PythonGlobal("builtins", "False"),
          false);

  private KnownTypes() {}

  private static Map<PythonGlobal, Maker> makers() {
    Map<PythonGlobal, Maker> makers = new HashMap<>();
    TimeTypes.register(makers);
    NumberTypes.register(makers);
    ContainerTypes.register(makers);
    BytesTypes.register(makers);
    OsErrors.register(makers);
    makers.put(new PythonGlobal("zoneinfo", "ZoneInfo._unpickle"), TimeTypes::zoneInfo);
    return Map.copyOf(makers);
  }

  /** What a name of Python 3 stands for: a constant, or else the name. */
  static Object global(PythonGlobal global) {
    Object constant = global.module().equals("builtins") ? CONSTANTS.get(global) : null;
    return constant == null ? global : constant;
  }

  /**
   * The Java form of a call.
   *
   * @return null if it has none and is to be kept as an inert object
   * @throws BadArguments if Python, too, would refuse it
   */
  static @Nullable Object make(Object callable, PythonTuple args, CodecLimits limits, int protocol)
      throws BadArguments {
    if (callable instanceof PythonGlobal global) {
      if (global.equals(GETATTR) && protocol < FIRST_PROTOCOL_WITH_DOTS) {
        return nested(args);
      }
      Maker maker = MAKERS.get(global);
      return maker == null ? null : maker.make(args, limits);
    }
    if (isZoneInfoUnpickle(callable)) {
      return TimeTypes.zoneInfo(args, limits);
    }
    return args.isEmpty() && callable instanceof PythonObject call ? byPartial(call) : null;
  }

  /**
   * Protocols 2 and 3 have no opcode for keyword arguments: they call a {@code functools.partial}
   * of the class's {@code __new__}, which holds the class again and all arguments.
   */
  private static @Nullable PythonObject byPartial(PythonObject partial) {
    if (!PARTIAL.equals(partial.callable())
        || !(partial.state() instanceof PythonTuple parts)
        || parts.size() != 4) {
      return null;
    }
    if (!(parts.get(0) instanceof PythonGlobal function)
        || !(parts.get(1) instanceof PythonTuple args)
        || !(parts.get(2) instanceof PythonDict kwargs)
        || args.isEmpty()
        || !(args.get(0) instanceof PythonGlobal cls)
        || !function.is(cls.module(), cls.name() + ".__new__")) {
      return null;
    }
    List<@Nullable Object> rest = args.asList().subList(1, args.size());
    return PythonObject.newObject(cls, PythonTuple.copyOf(rest), kwargs);
  }

  /** Protocols below 4 name a nested class as an attribute of the outer one. */
  private static @Nullable PythonGlobal nested(PythonTuple args) {
    return args.size() == 2
            && args.get(0) instanceof PythonGlobal outer
            && args.get(1) instanceof String name
        ? new PythonGlobal(outer.module(), outer.name() + "." + name)
        : null;
  }

  private static boolean isZoneInfoUnpickle(Object callable) {
    return callable instanceof PythonObject call
        && GETATTR.equals(call.callable())
        && call.args().size() == 2
        && ZONE_INFO.equals(call.args().get(0))
        && UNPICKLE.equals(call.args().get(1));
  }

  /** Whether an object is a UUID that gets its number by BUILD. */
  static boolean isUuid(PythonObject object) {
    PythonTuple args = object.args();
    if (UUID_CLASS.equals(object.callable())) {
      return args.isEmpty() && object.form() != PythonObject.Form.REDUCE;
    }
    return RECONSTRUCTOR.equals(object.callable())
        && args.size() == 3
        && UUID_CLASS.equals(args.get(0))
        && OBJECT.equals(args.get(1));
  }

  /** The UUID of a state that has its number and nothing else, null for any other state. */
  static @Nullable UUID uuid(@Nullable Object state) {
    if (!(state instanceof PythonDict dict) || dict.size() != 1) {
      return null;
    }
    Object number = dict.get("int");
    if (number instanceof Long low && low >= 0) {
      return new UUID(0, low);
    }
    if (number instanceof BigInteger big && big.signum() > 0 && big.bitLength() <= UUID_BITS) {
      return new UUID(big.shiftRight(Long.SIZE).longValue(), big.longValue());
    }
    return null;
  }
}
