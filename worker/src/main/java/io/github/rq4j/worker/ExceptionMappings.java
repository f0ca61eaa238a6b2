package io.github.rq4j.worker;

import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which Python exception a reader sees for a Java one. The class of what was thrown counts first,
 * then its superclasses. Immutable.
 */
final class ExceptionMappings {
  /** What divisions by zero say: of int and long, and of BigInteger. */
  private static final Set<String> BY_ZERO = Set.of("/ by zero", "BigInteger divide by zero");

  private final Map<Class<?>, Function<Throwable, @Nullable PythonError>> rules;

  private ExceptionMappings(Map<Class<?>, Function<Throwable, @Nullable PythonError>> rules) {
    this.rules = Map.copyOf(rules);
  }

  /** The exception that Python has for the same thing; empty where there is none. */
  Optional<PythonError> find(Throwable thrown) {
    for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
      Function<Throwable, @Nullable PythonError> rule = rules.get(type);
      if (rule != null) {
        return Optional.ofNullable(rule.apply(thrown));
      }
    }
    return Optional.empty();
  }

  /** Collects rules; a later one for the same class counts. Not safe for use by many threads. */
  static final class Builder {
    private final Map<Class<?>, Function<Throwable, @Nullable PythonError>> rules = new HashMap<>();

    /** Starts with the exceptions that mean the same in both languages. */
    Builder() {
      add(ArithmeticException.class, ThrownText::message, Builder::arithmetic);
      add(NumberFormatException.class, "ValueError", ThrownText::message);
      add(OutOfMemoryError.class, "MemoryError", ThrownText::message);
      add(StackOverflowError.class, "RecursionError", error -> "maximum recursion depth exceeded");
      add(TimeoutException.class, "TimeoutError", ThrownText::message);
      add(SocketTimeoutException.class, "TimeoutError", ThrownText::message);
      addFile(
          NoSuchFileException.class, "FileNotFoundError", "[Errno 2] No such file or directory");
      addFile(FileAlreadyExistsException.class, "FileExistsError", "[Errno 17] File exists");
      addFile(NotDirectoryException.class, "NotADirectoryError", "[Errno 20] Not a directory");
      addFile(AccessDeniedException.class, "PermissionError", "[Errno 13] Permission denied");
    }

    private static @Nullable PythonError arithmetic(String message) {
      return BY_ZERO.contains(message)
          ? new PythonError("ZeroDivisionError", "division by zero")
          : null;
    }

    private <E extends FileSystemException> void addFile(
        Class<E> type, String pythonType, String text) {
      add(
          type,
          pythonType,
          thrown -> thrown.getFile() == null ? text : text + ": '" + thrown.getFile() + "'");
    }

    <E extends Throwable> void add(
        Class<E> type, String pythonType, Function<? super E, String> message) {
      add(type, message, text -> new PythonError(pythonType, text));
    }

    private <E extends Throwable> void add(
        Class<E> type,
        Function<? super E, String> message,
        Function<String, @Nullable PythonError> maker) {
      rules.put(type, thrown -> maker.apply(ThrownText.guarded(type.cast(thrown), message)));
    }

    ExceptionMappings build() {
      return new ExceptionMappings(rules);
    }
  }
}
