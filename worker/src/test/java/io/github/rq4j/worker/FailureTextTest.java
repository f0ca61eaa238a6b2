package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureTextTest {
  private static final String CAUSED =
      "\nThe above exception was the direct cause of the following exception:\n\n";

  @Test
  void a_failure_reads_like_a_python_traceback_with_the_innermost_frame_last() {
    String text = FailureText.of(new IllegalStateException("kaput")).traceback();
    assertThat(text)
        .startsWith("Traceback (most recent call last):\n  File \"")
        .endsWith("\njava.lang.IllegalStateException: kaput\n");
    String[] lines = text.split("\n", -1);
    assertThat(lines[lines.length - 3])
        .startsWith("  File \"FailureTextTest.java\", line ")
        .endsWith(
            ", in io.github.rq4j.worker.FailureTextTest"
                + ".a_failure_reads_like_a_python_traceback_with_the_innermost_frame_last");
  }

  @Test
  void causes_come_first_and_are_introduced_as_python_does() {
    String text =
        FailureText.of(new RuntimeException("outer", new java.io.IOException("inner"))).traceback();
    assertThat(text)
        .contains("java.io.IOException: inner\n" + CAUSED + "Traceback")
        .endsWith("java.lang.RuntimeException: outer\n");
  }

  @Test
  void a_failure_without_message_ends_with_its_type() {
    assertThat(FailureText.of(new IllegalStateException()).traceback())
        .endsWith("\njava.lang.IllegalStateException\n");
  }

  @Test
  void a_python_error_shows_its_python_type() {
    assertThat(FailureText.of(new PythonError("TypeError", "f() takes nothing")).traceback())
        .isEqualTo("Traceback (most recent call last):\nTypeError: f() takes nothing\n");
  }

  @Test
  void causes_that_form_a_circle_are_told_once() {
    Exception first = new Exception("first");
    Exception second = new Exception("second", first);
    first.initCause(second);
    assertThat(FailureText.of(first).traceback())
        .containsOnlyOnce("second")
        .containsOnlyOnce(": first");
  }

  @Test
  void an_exception_that_fails_to_describe_itself_is_still_told() {
    RuntimeException rude =
        new RuntimeException() {
          private static final long serialVersionUID = 1L;

          @Override
          public String getMessage() {
            throw new IllegalStateException("no message today");
          }
        };
    assertThat(FailureText.of(rude).traceback())
        .endsWith("<message not available: java.lang.IllegalStateException>\n");
  }
}
