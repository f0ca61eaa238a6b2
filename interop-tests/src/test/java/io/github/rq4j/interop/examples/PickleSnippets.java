package io.github.rq4j.interop.examples;

import io.github.rq4j.client.RqClient;
import io.github.rq4j.codec.BindingException;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.JobData;
import io.github.rq4j.codec.JobDataFormat;
import io.github.rq4j.codec.MalformedPayloadException;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.binding.TypeReference;
import io.github.rq4j.codec.binding.ValueBinder;
import io.github.rq4j.codec.mapping.InstanceState;
import io.github.rq4j.codec.mapping.TypeMappings;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.codec.pickle.Python2Strings;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonTuple;
import io.github.rq4j.worker.Handlers;
import io.github.rq4j.worker.RqWorker;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What docs/pickle.md shows. */
final class PickleSnippets {
  private PickleSnippets() {}

  static byte[] twice(byte[] bytes) {
    // docs:begin pickle-both-ways
    PickleSerializer pickle = PickleSerializer.defaults();
    Object value = pickle.deserialize(bytes);
    byte[] again = pickle.serialize(value);
    // docs:end pickle-both-ways
    return again;
  }

  static byte[] ofJava() {
    // docs:begin pickle-of-java
    byte[] bytes =
        PickleSerializer.defaults()
            .serialize(Map.of("id", 7, "tags", List.of("new"), "price", new BigDecimal("1.50")));
    // docs:end pickle-of-java
    return bytes;
  }

  // docs:begin pickle-records
  record Line(String article, BigDecimal price) {}

  record Order(long id, List<Line> lines, Colour colour) {}

  enum Colour {
    RED,
    BLUE
  }

  // docs:end pickle-records

  static @Nullable List<Order> bound(@Nullable Object value) {
    // docs:begin pickle-bind
    List<Order> orders =
        ValueBinder.withDefaults().bind(value, new TypeReference<List<Order>>() {}, "orders");
    // docs:end pickle-bind
    return orders;
  }

  static JobData jobData(byte[] stored) {
    // docs:begin pickle-job-read
    JobDataFormat format = new JobDataFormat(PickleSerializer.defaults(), CodecLimits.defaults());
    JobData job = format.decode(stored);
    System.out.println(job.functionName() + " " + job.args() + " " + job.kwargs());
    // docs:end pickle-job-read
    return job;
  }

  static byte[] jobBytes() {
    JobDataFormat format = new JobDataFormat(PickleSerializer.defaults(), CodecLimits.defaults());
    // docs:begin pickle-job-write
    byte[] data =
        format.encode(
            new JobData("shop.tasks.ship", null, List.of(7, "express"), Map.of("gift", true)));
    // docs:end pickle-job-write
    return data;
  }

  static TypeMappings mappings() {
    // docs:begin pickle-mappings
    TypeMappings mappings =
        TypeMappings.builder()
            .record("shop.models.Order", Order.class)
            .record("shop.models.Line", Line.class, InstanceState.LIST)
            .enumeration("shop.models.Colour", Colour.class, PickleSnippets::valueOf)
            .map("shop.models.Money", Money.class, Money::fromPython, Money::toPython)
            .build();
    // docs:end pickle-mappings
    return mappings;
  }

  // docs:begin pickle-colour-value
  static String valueOf(Colour colour) {
    return colour.name().toLowerCase(Locale.ROOT);
  }

  // docs:end pickle-colour-value

  // docs:begin pickle-money
  record Money(BigDecimal amount) {
    static Money fromPython(PythonObject object) {
      return new Money((BigDecimal) Objects.requireNonNull(object.args().get(0)));
    }

    PythonObject toPython() {
      PythonGlobal type = new PythonGlobal("shop.models", "Money");
      return PythonObject.reduce(type, PythonTuple.of(amount));
    }
  }

  // docs:end pickle-money

  static void bothSides(String url, TypeMappings mappings) {
    // docs:begin pickle-mappings-used
    PickleSerializer pickle = PickleSerializer.builder().mappings(mappings).build();
    ValueBinder binder = ValueBinder.builder().mappings(mappings).build();

    RqClient client = RqClient.builder(url).serializer(pickle).binder(binder).build();
    RqWorker worker =
        RqWorker.builder(url, Handlers.builder(binder).build()).serializer(pickle).build();
    // docs:end pickle-mappings-used
    client.close();
    worker.close();
  }

  static PickleSerializer forPython2() {
    // docs:begin pickle-python2
    PickleSerializer pickle =
        PickleSerializer.builder()
            .protocol(2)
            .python2Strings(Python2Strings.BYTES)
            .roundTimes(RoundingMode.DOWN)
            .build();
    // docs:end pickle-python2
    return pickle;
  }

  static PickleSerializer limited() {
    // docs:begin pickle-limits
    CodecLimits limits =
        CodecLimits.defaults().toBuilder().maxObjects(100_000).maxTextBytes(1_000_000).build();
    PickleSerializer pickle = PickleSerializer.builder().limits(limits).build();
    // docs:end pickle-limits
    return pickle;
  }

  static PickleSerializer allowing() {
    // docs:begin pickle-globals
    PickleSerializer pickle =
        PickleSerializer.builder().allowGlobal("shop.models", "Basket").build();
    // docs:end pickle-globals
    return pickle;
  }

  static String errors(PickleSerializer pickle, ValueBinder binder, byte[] bytes) {
    // docs:begin pickle-errors
    try {
      Order order = binder.bind(pickle.deserialize(bytes), Order.class, "order");
      return "order " + order;
    } catch (MalformedPayloadException e) {
      return "damaged, or beyond a limit: " + e.getMessage();
    } catch (UnsupportedValueException e) {
      return "sound, but nothing that can be read: " + e.getMessage();
    } catch (BindingException e) {
      return "another value than expected: " + e.getMessage();
    } catch (CodecException e) {
      return "all three are one of these";
    }
    // docs:end pickle-errors
  }
}
