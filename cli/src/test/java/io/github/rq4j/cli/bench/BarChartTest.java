package io.github.rq4j.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.cli.bench.BarChart.Bar;
import java.io.StringReader;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class BarChartTest {
  private final BarChart chart =
      new BarChart(
          "Jobs",
          "a < b & c",
          List.of(
              new Bar("slow", 100, "100", false),
              new Bar("fast", 1_000, "1,000", true),
              new Bar("faster", 10_000, "10,000", true)),
          OptionalDouble.of(20_000),
          "floor");

  private static Element parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)))
        .getDocumentElement();
  }

  private static List<Integer> widths(Element svg) {
    NodeList bars = svg.getElementsByTagName("rect");
    return IntStream.range(1, bars.getLength())
        .mapToObj(i -> Integer.valueOf(((Element) bars.item(i)).getAttribute("width")))
        .toList();
  }

  @Test
  void each_power_of_ten_adds_the_same_length() throws Exception {
    List<Integer> widths = widths(parsed(chart.svg()));

    assertThat(widths).hasSize(3);
    assertThat(widths.get(1)).isEqualTo(2 * widths.get(0));
    assertThat(widths.get(2)).isEqualTo(3 * widths.get(0));
  }

  @Test
  void labels_values_and_the_line_are_named() throws Exception {
    assertThat(parsed(chart.svg()).getTextContent())
        .contains("Jobs", "a < b & c", "slow", "1,000", "faster", "floor");
  }

  @Test
  void a_chart_without_bars_is_an_image_all_the_same() throws Exception {
    BarChart empty = new BarChart("Jobs", "", List.of(), OptionalDouble.empty(), "");

    assertThat(widths(parsed(empty.svg()))).isEmpty();
  }
}
