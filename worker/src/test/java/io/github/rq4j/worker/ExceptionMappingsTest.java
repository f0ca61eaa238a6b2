package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.math.BigInteger;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What Python readers see for Java exceptions. */
class ExceptionMappingsTest {
  private static final String CAUSED =
      "\nThe above exception was the direct cause of the following exception:\n\n";

  private static String seen(Handlers.Builder handlers, Throwable thrown) {
    JobFailure failure = FailureText.of(thrown, handlers.build().exceptionMappings());
    String shown =
        failure.message().isEmpty() ? failure.type() : failure.type() + ": " + failure.message();
    assertThat(failure.traceback()).endsWith("\n" + shown + "\n");
    assertThat(failure.exception()).isSameAs(thrown);
    return shown;
  }

  private static String seenByDefault(Throwable thrown) {
    return seen(Handlers.builder(), thrown);
  }

  private static ArithmeticException thrownBy(Supplier<?> calculation) {
    try {
      Object result = calculation.get();
      throw new AssertionError("the result is " + result);
    } catch (ArithmeticException e) {
      return e;
    }
  }

  @Test
  void a_mapped_exception_is_the_last_line_and_the_java_one_stands_above_as_its_cause() {
    Handlers.Builder handlers =
        Handlers.builder().mapException(IllegalStateException.class, "shop.errors.NotFound");
    JobFailure failure =
        FailureText.of(
            new IllegalStateException("no order 17"), handlers.build().exceptionMappings());
    assertThat(failure.traceback())
        .startsWith("Traceback (most recent call last):\n  File \"")
        .endsWith(
            "\njava.lang.IllegalStateException: no order 17\n"
                + CAUSED
                + "shop.errors.NotFound: no order 17\n");
  }

  @Test
  void a_mapping_makes_its_own_message() {
    Handlers.Builder handlers =
        Handlers.builder()
            .mapException(
                NoSuchFileException.class, "shop.errors.NoFile", e -> "<" + e.getFile() + ">");
    assertThat(seen(handlers, new NoSuchFileException("a.txt")))
        .isEqualTo("shop.errors.NoFile: <a.txt>");
  }

  @Test
  void a_mapping_that_fails_to_make_its_message_is_still_told() {
    Handlers.Builder handlers =
        Handlers.builder()
            .mapException(
                IOException.class,
                "shop.errors.Io",
                e -> {
                  throw new IllegalStateException();
                });
    assertThat(seen(handlers, new IOException("x")))
        .isEqualTo("shop.errors.Io: <message not available: java.lang.IllegalStateException>");
  }

  @Test
  void the_nearest_class_counts_and_the_last_mapping_of_it() {
    Handlers.Builder handlers =
        Handlers.builder()
            .mapException(IOException.class, "First")
            .mapException(IOException.class, "Wide")
            .mapException(FileNotFoundException.class, "Narrow");
    assertThat(seen(handlers, new FileNotFoundException("f"))).isEqualTo("Narrow: f");
    assertThat(seen(handlers, new java.io.EOFException("e"))).isEqualTo("Wide: e");
  }

  @Test
  void an_exception_without_a_mapping_keeps_its_java_name() {
    assertThat(seenByDefault(new IllegalArgumentException("x")))
        .isEqualTo("java.lang.IllegalArgumentException: x");
    assertThat(seenByDefault(new IllegalStateException()))
        .isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void a_division_by_zero_is_that_of_python() {
    int zero = Integer.parseInt("0");
    assertThat(seenByDefault(thrownBy(() -> 1 / zero)))
        .isEqualTo("ZeroDivisionError: division by zero");
    assertThat(seenByDefault(thrownBy(() -> BigInteger.ONE.divide(BigInteger.ZERO))))
        .isEqualTo("ZeroDivisionError: division by zero");
    assertThat(seenByDefault(thrownBy(() -> Math.addExact(Integer.MAX_VALUE, 1))))
        .isEqualTo("java.lang.ArithmeticException: integer overflow");
  }

  @Test
  void exceptions_that_mean_the_same_in_python_have_its_names() {
    assertThat(seenByDefault(new NumberFormatException("For input string: \"x\"")))
        .isEqualTo("ValueError: For input string: \"x\"");
    assertThat(seenByDefault(new OutOfMemoryError("Java heap space")))
        .isEqualTo("MemoryError: Java heap space");
    assertThat(seenByDefault(new StackOverflowError()))
        .isEqualTo("RecursionError: maximum recursion depth exceeded");
    assertThat(seenByDefault(new TimeoutException())).isEqualTo("TimeoutError");
    assertThat(seenByDefault(new SocketTimeoutException("Read timed out")))
        .isEqualTo("TimeoutError: Read timed out");
  }

  @Test
  void errors_of_files_have_pythons_numbers_and_words() {
    assertThat(seenByDefault(new NoSuchFileException("a.txt")))
        .isEqualTo("FileNotFoundError: [Errno 2] No such file or directory: 'a.txt'");
    assertThat(seenByDefault(new FileAlreadyExistsException("a")))
        .isEqualTo("FileExistsError: [Errno 17] File exists: 'a'");
    assertThat(seenByDefault(new NotDirectoryException("a")))
        .isEqualTo("NotADirectoryError: [Errno 20] Not a directory: 'a'");
    assertThat(seenByDefault(new AccessDeniedException("a")))
        .isEqualTo("PermissionError: [Errno 13] Permission denied: 'a'");
  }
}
