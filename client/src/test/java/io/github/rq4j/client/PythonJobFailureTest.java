package io.github.rq4j.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PythonJobFailureTest {
  private static final String SIMPLE =
      """
      Traceback (most recent call last):
        File "/srv/rq/worker.py", line 1430, in perform_job
          return_value = job.perform()
                         ^^^^^^^^^^^^^
        File "/srv/app/tasks.py", line 7, in total
          raise ValueError('kaput')
      ValueError: kaput
      """;

  private static PythonJobFailure parse(String text) {
    return PythonJobFailure.parse(text).orElseThrow();
  }

  @Test
  void class_message_and_frames_are_read() {
    PythonJobFailure failure = parse(SIMPLE);
    assertThat(failure.exceptionClass()).isEqualTo("ValueError");
    assertThat(failure.exceptionMessage()).isEqualTo("kaput");
    assertThat(failure)
        .hasMessage("ValueError: kaput")
        .hasNoCause()
        .extracting(PythonJobFailure::frames)
        .isEqualTo(
            List.of(
                new PythonFrame("/srv/rq/worker.py", 1430, "perform_job"),
                new PythonFrame("/srv/app/tasks.py", 7, "total")));
  }

  @Test
  void a_printed_stack_trace_shows_the_frames_innermost_first() {
    StringWriter printed = new StringWriter();
    new JobFailedException("j", JobStatus.FAILED, SIMPLE)
        .printStackTrace(new PrintWriter(printed, true));
    assertThat(printed.toString())
        .containsSubsequence(
            "Caused by: io.github.rq4j.client.PythonJobFailure: ValueError: kaput",
            "at <python>.total(/srv/app/tasks.py:7)",
            "at <python>.perform_job(/srv/rq/worker.py:1430)");
  }

  @Test
  void an_explicit_cause_is_the_cause() {
    PythonJobFailure failure =
        parse(
            SIMPLE
                + "\nThe above exception was the direct cause of the following exception:\n\n"
                + SIMPLE.replace("ValueError: kaput", "shop.errors.OrderError: no order"));
    assertThat(failure.exceptionClass()).isEqualTo("shop.errors.OrderError");
    assertThat(failure.isRaisedFromCause()).isTrue();
    assertThat(failure).hasCauseInstanceOf(PythonJobFailure.class);
    assertThat(failure.getCause()).hasMessage("ValueError: kaput");
  }

  @Test
  void an_exception_that_came_up_while_another_was_handled_has_it_as_cause() {
    PythonJobFailure failure =
        parse(
            SIMPLE
                + "\nDuring handling of the above exception, another exception occurred:\n\n"
                + SIMPLE.replace("ValueError: kaput", "KeyError: 'x'"));
    assertThat(failure).hasMessage("KeyError: 'x'");
    assertThat(failure.isRaisedFromCause()).isFalse();
    assertThat(failure.getCause()).hasMessage("ValueError: kaput");
  }

  @Test
  void a_message_of_many_lines_and_notes_are_kept() {
    assertThat(parse(SIMPLE + "second line\n  indented\n\nlast").exceptionMessage())
        .isEqualTo("kaput\nsecond line\n  indented\n\nlast");
  }

  @Test
  void an_exception_without_message_has_none() {
    PythonJobFailure failure = parse(SIMPLE.replace("ValueError: kaput", "KeyboardInterrupt"));
    assertThat(failure).hasMessage("KeyboardInterrupt");
    assertThat(failure.exceptionMessage()).isEmpty();
  }

  @Test
  void a_syntax_error_names_a_place_without_function() {
    PythonJobFailure failure =
        parse(
            """
            Traceback (most recent call last):
              File "/srv/app/tasks.py", line 3, in run
                eval("1 +")
              File "<string>", line 1
                1 +
                  ^
            SyntaxError: invalid syntax
            """);
    assertThat(failure.exceptionClass()).isEqualTo("SyntaxError");
    assertThat(failure.frames()).last().isEqualTo(new PythonFrame("<string>", 1, ""));
  }

  @Test
  void repeated_frames_are_told_once() {
    PythonJobFailure failure =
        parse(
            """
            Traceback (most recent call last):
              File "a.py", line 2, in f
                f()
              [Previous line repeated 996 more times]
            RecursionError: maximum recursion depth exceeded
            """);
    assertThat(failure.exceptionClass()).isEqualTo("RecursionError");
    assertThat(failure.frames()).hasSize(1);
  }

  @Test
  void a_frame_of_a_java_worker_is_a_java_frame() {
    PythonJobFailure failure =
        parse(
            """
            Traceback (most recent call last):
              File "Tasks.java", line 12, in com.acme.Tasks.total
            java.lang.IllegalStateException: closed
            """);
    assertThat(failure.exceptionClass()).isEqualTo("java.lang.IllegalStateException");
    assertThat(failure.getStackTrace()[0])
        .isEqualTo(new StackTraceElement("com.acme.Tasks", "total", "Tasks.java", 12));
  }

  @Test
  void a_sentence_of_a_worker_is_a_message() {
    for (String sentence :
        new String[] {
          "Job stopped by user, work-horse terminated.",
          "Work-horse terminated unexpectedly; waitpid returned 9 (signal 9);",
          "Moved to FailedJobRegistry, due to AbandonedJobError, at 2026-11-22 03:00:55+00:00"
        }) {
      PythonJobFailure failure = parse(sentence);
      assertThat(failure).hasMessage(sentence);
      assertThat(failure.exceptionClass()).isEmpty();
      assertThat(failure.getStackTrace()).isEmpty();
    }
  }

  @Test
  void a_blank_text_is_no_failure() {
    assertThat(PythonJobFailure.parse(" \n")).isEmpty();
    assertThat(new JobFailedException("j", JobStatus.CANCELED, "")).hasNoCause();
  }

  @Test
  void a_chain_longer_than_anybody_reads_is_cut() {
    String link =
        "E: x\n\nThe above exception was the direct cause of the following exception:\n\n";
    int length = 0;
    for (Throwable t = parse(link.repeat(5_000) + "E: last");
        t != null;
        t = Objects.requireNonNull(t).getCause()) {
      length++;
    }
    assertThat(length).isEqualTo(100);
  }
}
