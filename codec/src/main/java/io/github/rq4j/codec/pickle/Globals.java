package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.python.PythonGlobal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The classes and functions that the writer knows: those of its own forms, and those that values
 * may name without being allowed by the application, because calling them only ever makes data.
 *
 * <p>Python keeps most module names as one string object each, which a pickle then holds once. Some
 * types and functions made in C own their copy of it; here these get a string object of their own.
 */
final class Globals {
  static final GlobalRef BYTES = ref("builtins", "bytes");
  static final GlobalRef BYTEARRAY = ref("builtins", "bytearray");
  static final GlobalRef COMPLEX = ref("builtins", "complex");
  static final GlobalRef FROZENSET = ref("builtins", "frozenset");
  static final GlobalRef OBJECT = ref("builtins", "object");
  static final GlobalRef RANGE = ref("builtins", "range");
  static final GlobalRef SET = ref("builtins", "set");
  static final GlobalRef SLICE = ref("builtins", "slice");
  static final GlobalRef ELLIPSIS = ref("builtins", "Ellipsis");
  static final GlobalRef NOT_IMPLEMENTED = ref("builtins", "NotImplemented");
  static final GlobalRef ENCODE = ref("_codecs", "encode");
  static final GlobalRef RECONSTRUCTOR = ref("copyreg", "_reconstructor");
  static final GlobalRef NEWOBJ = ref("copyreg", "__newobj__");
  static final GlobalRef DATE = ref("datetime", "date");
  static final GlobalRef TIME = ref("datetime", "time");
  static final GlobalRef DATETIME = ref("datetime", "datetime");
  static final GlobalRef TIMEDELTA = ref("datetime", "timedelta");
  static final GlobalRef TIMEZONE = ref("datetime", "timezone");
  static final GlobalRef ZONE_INFO = ref("zoneinfo", "ZoneInfo");
  static final GlobalRef DECIMAL = ref("decimal", "Decimal");
  static final GlobalRef FRACTION = ref("fractions", "Fraction");
  static final GlobalRef UUID = ref("uuid", "UUID");
  static final GlobalRef ARRAY_RECONSTRUCTOR = ref("array", "_array_reconstructor");

  private static final String FUNCTIONS_OF_BUILTINS = ownText("builtins");
  static final GlobalRef GETATTR =
      new GlobalRef(new PythonGlobal("builtins", "getattr"), FUNCTIONS_OF_BUILTINS);
  static final GlobalRef ARRAY = owning("array", "array");
  static final GlobalRef PARTIAL = owning("functools", "partial");

  private static final String EXCEPTIONS =
      "ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup"
          + " BlockingIOError BrokenPipeError BufferError BytesWarning ChildProcessError"
          + " ConnectionAbortedError ConnectionError ConnectionRefusedError"
          + " ConnectionResetError DeprecationWarning EOFError EncodingWarning"
          + " EnvironmentError Exception FileExistsError FileNotFoundError"
          + " FloatingPointError FutureWarning GeneratorExit IOError ImportError"
          + " ImportWarning IndentationError IndexError InterruptedError IsADirectoryError"
          + " KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError"
          + " NameError NotADirectoryError NotImplementedError OSError OverflowError"
          + " PendingDeprecationWarning PermissionError ProcessLookupError RecursionError"
          + " ReferenceError ResourceWarning RuntimeError RuntimeWarning"
          + " StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError"
          + " SystemExit TabError TimeoutError TypeError UnboundLocalError"
          + " UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError"
          + " UnicodeWarning UserWarning ValueError Warning ZeroDivisionError";

  /** What values may name beyond the writer's own forms: makers of data, by module. */
  private static final String[][] DATA_TYPES = {
    {"builtins", "bool dict float int list str tuple " + EXCEPTIONS},
    {"collections", "ChainMap Counter OrderedDict UserDict UserList UserString"},
    {"collections", "defaultdict deque"},
    {"dateutil.tz.tz", "tzoffset tzutc"},
    {"ipaddress", "IPv4Address IPv4Interface IPv4Network IPv6Address IPv6Interface IPv6Network"},
    {"pathlib", "PosixPath PurePosixPath PureWindowsPath WindowsPath"},
    {"pytz", "_UTC _p"},
    {"re", "RegexFlag _compile"},
    {"types", "SimpleNamespace"},
    {"uuid", "SafeUUID"},
  };

  /** Types whose module name is a string object of their own, besides those above. */
  private static final String[][] OWNERS = {
    {"decimal", "Clamped ConversionSyntax DecimalException DecimalTuple DivisionByZero"},
    {"decimal", "DivisionImpossible DivisionUndefined FloatOperation Inexact InvalidContext"},
    {"decimal", "InvalidOperation Overflow Rounded Subnormal Underflow"},
    {"operator", "attrgetter itemgetter methodcaller"},
    {"re", "Match Pattern"},
    {"socket", "gaierror herror"},
    {"struct", "error"},
    {"time", "struct_time"},
    {"zlib", "error"},
  };

  private static final String BUILTIN_FUNCTIONS =
      "__build_class__ __import__ abs aiter all anext any ascii bin breakpoint callable chr"
          + " compile delattr dir divmod eval exec format globals hasattr hash hex id input"
          + " isinstance issubclass iter len locals max min next oct ord pow print repr round"
          + " setattr sorted sum vars";

  private static final Map<PythonGlobal, GlobalRef> HARMLESS = harmless();
  private static final Map<PythonGlobal, GlobalRef> KNOWN = known();
  private static final Map<String, String> MODULE_TEXTS =
      KNOWN.keySet().stream()
          .map(PythonGlobal::module)
          .distinct()
          .collect(Collectors.toUnmodifiableMap(module -> module, String::intern));

  private Globals() {}

  private static Map<PythonGlobal, GlobalRef> harmless() {
    Map<PythonGlobal, GlobalRef> refs = new HashMap<>();
    for (GlobalRef own :
        List.of(
            BYTES,
            BYTEARRAY,
            COMPLEX,
            FROZENSET,
            OBJECT,
            RANGE,
            SET,
            SLICE,
            ELLIPSIS,
            NOT_IMPLEMENTED,
            RECONSTRUCTOR,
            NEWOBJ,
            DATE,
            TIME,
            DATETIME,
            TIMEDELTA,
            TIMEZONE,
            ZONE_INFO,
            DECIMAL,
            FRACTION,
            UUID,
            ARRAY,
            ARRAY_RECONSTRUCTOR,
            PARTIAL,
            owning("builtins", "ExceptionGroup"))) {
      refs.put(own.global(), own);
    }
    for (String[] row : DATA_TYPES) {
      for (String name : row[1].split(" ", -1)) {
        GlobalRef ref = ref(row[0], name);
        refs.put(ref.global(), ref);
      }
    }
    return Map.copyOf(refs);
  }

  private static Map<PythonGlobal, GlobalRef> known() {
    Map<PythonGlobal, GlobalRef> refs = new HashMap<>(HARMLESS);
    refs.put(GETATTR.global(), GETATTR);
    refs.put(ENCODE.global(), ENCODE);
    for (String[] row : OWNERS) {
      for (String name : row[1].split(" ", -1)) {
        GlobalRef owner = owning(row[0], name);
        refs.put(owner.global(), owner);
      }
    }
    for (String name : BUILTIN_FUNCTIONS.split(" ", -1)) {
      PythonGlobal function = new PythonGlobal("builtins", name);
      refs.put(function, new GlobalRef(function, FUNCTIONS_OF_BUILTINS));
    }
    return Map.copyOf(refs);
  }

  private static GlobalRef ref(String module, String name) {
    return new GlobalRef(new PythonGlobal(module, name), module.intern());
  }

  private static GlobalRef owning(String module, String name) {
    return new GlobalRef(new PythonGlobal(module, name), ownText(module));
  }

  /** An equal string that is another object than all others. */
  private static String ownText(String module) {
    return String.valueOf(module.toCharArray());
  }

  /** The reference to a global that the writer knows, null for any other. */
  static @Nullable GlobalRef known(PythonGlobal global) {
    return KNOWN.get(global);
  }

  /** The string object of a module name, if a global that the writer knows has it. */
  static @Nullable String moduleText(String module) {
    return MODULE_TEXTS.get(module);
  }

  /** Whether values may name this global without the application's consent. */
  static boolean isHarmless(PythonGlobal global) {
    return HARMLESS.containsKey(global);
  }
}
