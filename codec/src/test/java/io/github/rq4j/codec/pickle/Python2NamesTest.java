package io.github.rq4j.codec.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.codec.LivePython;
import io.github.rq4j.codec.python.PythonGlobal;
import java.util.List;
import org.junit.jupiter.api.Test;

class Python2NamesTest {
  /** Python names the module that documents it; what it writes is the one that has it. */
  private static final PythonGlobal REDUCE = new PythonGlobal("_functools", "reduce");

  @Test
  void names_are_mapped_as_python_maps_them() {
    List<String> lines;
    try (LivePython python = LivePython.start("pickle_server.py")) {
      lines = python.ask("compatible_names()").lines().toList();
    }
    assertThat(lines).hasSizeGreaterThan(250);
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      PythonGlobal from = new PythonGlobal(words[1], words[2]);
      PythonGlobal to = new PythonGlobal(words[3], words[4]);
      if (words[0].equals("<")) {
        boolean isReduce = to.is("functools", "reduce");
        assertThat(Python2Names.toPython3(from)).as(line).isEqualTo(isReduce ? REDUCE : to);
      } else {
        assertThat(Python2Names.toPython2(from)).as(line).isEqualTo(to);
      }
    }
  }

  @Test
  void any_other_name_stays() {
    PythonGlobal order = new PythonGlobal("shop.models", "Order");
    assertThat(Python2Names.toPython3(order)).isSameAs(order);
    assertThat(Python2Names.toPython2(order)).isSameAs(order);
  }
}
