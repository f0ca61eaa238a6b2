package io.github.rq4j.cli.settings;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.codec.Serializer;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.codec.pickle.PickleSerializer;

/** The serializers that {@code rq} knows by name, with RQ's own class names. */
public final class SerializerNames {
  static final String DEFAULT = "pickle";

  private SerializerNames() {}

  /**
   * The serializer of that name.
   *
   * @throws CommandFailure if there is none
   */
  public static Serializer serializer(String name) {
    return switch (name) {
      case DEFAULT, "rq.serializers.DefaultSerializer", "rq.serializers.PickleSerializer" ->
          PickleSerializer.defaults();
      case "json", "rq.serializers.JSONSerializer" -> JsonSerializer.defaults();
      default ->
          throw CommandFailure.misuse("--serializer must be pickle or json, not '" + name + "'");
    };
  }
}
