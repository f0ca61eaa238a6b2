package io.github.rq4j.codec.mapping;

import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonTuple;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Java side of the Python classes in mapping_server.py. */
final class Models {
  static final TypeMappings MAPPINGS =
      TypeMappings.builder()
          .record("shop.models.Line", Line.class)
          .record("shop.models.Order", Order.class)
          .record("shop.models.Money", Money.class)
          .record("shop.models.Node", Node.class)
          .record("shop.models.Empty", Empty.class)
          .record("shop.models.Slotted", Slotted.class, InstanceState.SLOTS)
          .record("shop.models.OneSlot", OneSlot.class, InstanceState.SLOTS)
          .record("shop.models.NoSlot", NoSlot.class, InstanceState.SLOTS)
          .record("shop.models.Packed", Packed.class, InstanceState.LIST)
          .record("shop.models.OnePacked", OnePacked.class, InstanceState.LIST)
          .record("shop.models.NonePacked", NonePacked.class, InstanceState.LIST)
          .record("shop.models:Basket.Line", BasketLine.class)
          .enumeration("shop.models.Colour", Colour.class, Colour::value)
          .enumeration("shop.models.Level", Level.class, level -> level == Level.LOW ? 1 : 2)
          .enumeration("shop.models.Size", Size.class)
          .map("shop.models.Temperature", Temperature.class, Models::read, Models::write)
          .build();

  private Models() {}

  record Line(String article, @Nullable Object price) {}

  record Order(long id, List<Line> lines, @Nullable Colour colour) {}

  record Money(Object amount, String currency) {}

  record Node(String name, List<Object> children) {}

  record Empty() {}

  record Slotted(@Nullable Object left, @Nullable Slotted right) {}

  record OneSlot(@Nullable Object value) {}

  record NoSlot() {}

  record Packed(@Nullable OnePacked left, Optional<Long> right) {}

  record OnePacked(@Nullable Object value) {}

  record NonePacked() {}

  record BasketLine(String article, Object price) {}

  enum Colour {
    RED,
    BLUE {
      @Override
      boolean isCold() {
        return true;
      }
    };

    boolean isCold() {
      return false;
    }

    Object value() {
      return isCold() ? PythonTuple.of("rgb", 0L, 0L, 255L) : "red";
    }
  }

  enum Level {
    LOW,
    HIGH
  }

  enum Size {
    S,
    L
  }

  /** A class with a subclass, which Python has not. */
  static class Temperature {
    final double degrees;

    Temperature(double degrees) {
      this.degrees = degrees;
    }
  }

  static final class Fever extends Temperature {
    Fever() {
      super(39.5);
    }
  }

  private static Temperature read(PythonObject object) {
    return new Temperature((Double) object.args().asList().get(0));
  }

  private static PythonObject write(Temperature temperature) {
    return PythonObject.reduce(
        new PythonGlobal("shop.models", "Temperature"), PythonTuple.of(temperature.degrees));
  }
}
