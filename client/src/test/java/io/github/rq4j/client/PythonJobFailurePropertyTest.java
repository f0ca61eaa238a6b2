package io.github.rq4j.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any text is some failure. */
class PythonJobFailurePropertyTest {
  private static final List<String> PIECES =
      List.of(
          "Traceback (most recent call last):\n",
          "  + Exception Group Traceback (most recent call last):\n",
          "  File \"a.py\", line 1, in f\n",
          "  File \"a.py\", line 99999999999999, in f\n",
          "  |   File \"\", line 0, in <module>\n",
          "    code\n",
          "ValueError: x\n",
          ": x\n",
          "\n",
          "  | ValueError: x\n",
          "  +-+---------------- 1 ----------------\n",
          "    | Exception Group Traceback (most recent call last):\n",
          "    | KeyError: y\n",
          "    | \n    | During handling of the above exception, another exception occurred:\n",
          "    +-+---------------- 1 ----------------\n",
          "      | and 5 more exceptions\n",
          "    +---------------- ... ----------------\n",
          "    +------------------------------------\n",
          "The above exception was the direct cause of the following exception:\n",
          "During handling of the above exception, another exception occurred:\n",
          "\u0000\uD800",
          "  [Previous line repeated 3 more times]\n");

  @Property
  void no_text_makes_reading_fail(@ForAll String text) {
    check(text);
  }

  @Property
  void no_mixture_of_the_parts_of_tracebacks_makes_reading_fail(@ForAll("mixtures") String text) {
    check(text);
  }

  @Provide
  Arbitrary<String> mixtures() {
    return Arbitraries.of(PIECES).list().ofMaxSize(30).map(pieces -> String.join("", pieces));
  }

  private static void check(String text) {
    assertThat(PythonJobFailure.parse(text).isPresent()).isEqualTo(!text.isBlank());
    JobFailedException failure = new JobFailedException("j", JobStatus.FAILED, text);
    failure.printStackTrace(new PrintWriter(new StringWriter()));
    assertThat(failure.excString()).isEqualTo(text);
  }
}
