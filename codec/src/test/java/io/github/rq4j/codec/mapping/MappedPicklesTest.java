package io.github.rq4j.codec.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.codec.mapping.Models.BasketLine;
import io.github.rq4j.codec.mapping.Models.Colour;
import io.github.rq4j.codec.mapping.Models.Empty;
import io.github.rq4j.codec.mapping.Models.Level;
import io.github.rq4j.codec.mapping.Models.Line;
import io.github.rq4j.codec.mapping.Models.NoSlot;
import io.github.rq4j.codec.mapping.Models.Node;
import io.github.rq4j.codec.mapping.Models.NonePacked;
import io.github.rq4j.codec.mapping.Models.OnePacked;
import io.github.rq4j.codec.mapping.Models.OneSlot;
import io.github.rq4j.codec.mapping.Models.Order;
import io.github.rq4j.codec.mapping.Models.Packed;
import io.github.rq4j.codec.mapping.Models.Size;
import io.github.rq4j.codec.mapping.Models.Slotted;
import io.github.rq4j.codec.mapping.Models.Temperature;
import io.github.rq4j.codec.pickle.PickleSerializer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Pickles of mapped classes that a CPython wrote before; {@link MappedValuesTest} asks one. */
class MappedPicklesTest {
  @ParameterizedTest
  @CsvFileSource(
      resources = "mapped.tsv",
      delimiter = '\t',
      quoteCharacter = '`',
      maxCharsPerColumn = 10_000)
  void a_value_is_written_as_cpython_wrote_the_object(String expression, int protocol, String hex) {
    PickleSerializer pickle =
        PickleSerializer.builder().protocol(protocol).mappings(Models.MAPPINGS).build();

    assertThat(HexFormat.of().formatHex(pickle.serialize(value(expression)))).isEqualTo(hex);
  }

  private static Object value(String expression) {
    Line pen = new Line("pen", 1L);
    return switch (expression.substring(0, expression.indexOf('('))) {
      case "Order" ->
          new Order(
              7, List.of(new Line("pen", new BigDecimal("1.50")), new Line("ink", 2L)), Colour.RED);
      case "Empty" -> new Empty();
      case "OneSlot" -> new OneSlot(1L);
      case "NoSlot" -> new NoSlot();
      case "Slotted" -> new Slotted(1L, new Slotted("x", null));
      case "Packed" -> new Packed(new OnePacked(1L), Optional.empty());
      case "NonePacked" -> new NonePacked();
      case "Basket.Line" -> new BasketLine("pen", 1L);
      case "Colour" -> Colour.BLUE;
      case "Level" -> Level.HIGH;
      case "Size" -> Size.L;
      case "Temperature" -> new Temperature(36.5);
      case "cycle" -> cycle();
      case "shared" -> List.of(pen, pen, Colour.RED, new Line("pen", 1L), Colour.RED);
      default -> throw new IllegalArgumentException(expression);
    };
  }

  private static Node cycle() {
    Node node = new Node("a", new ArrayList<>());
    node.children().add(node);
    return node;
  }
}
