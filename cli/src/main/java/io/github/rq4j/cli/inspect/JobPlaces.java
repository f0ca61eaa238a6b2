package io.github.rq4j.cli.inspect;

import io.github.rq4j.client.JobRegistry.Kind;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RegistryEntry;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.wire.Keys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Where a job is now: in its queue, in registries, behind a rate limit, or nowhere. */
final class JobPlaces {
  private final RqClient client;
  private final RedisServer server;
  private final String id;

  JobPlaces(RqClient client, RedisServer server, String id) {
    this.client = client;
    this.server = server;
    this.id = id;
  }

  /**
   * All places.
   *
   * @param origin the job's queue
   * @param rateLimit the key of its rate limit; null if it has none
   */
  List<Map<String, Object>> find(String origin, @Nullable String rateLimit) {
    List<Map<String, Object>> places = new ArrayList<>();
    if (!origin.isEmpty()) {
      Queue queue = client.queue(origin);
      OptionalLong position = queue.position(id);
      if (position.isPresent()) {
        places.add(place("queue", origin, "position", position.getAsLong()));
      }
      if (isIn(Keys.intermediate(origin))) {
        places.add(place("intermediate", origin, "note", "taken by a worker, not yet started"));
      }
      for (Kind kind : Kind.values()) {
        Optional<RegistryEntry> entry = queue.registry(kind).entry(id);
        entry.ifPresent(found -> places.add(registry(kind, origin, found)));
      }
    }
    if (rateLimit != null) {
      for (String key :
          List.of(Keys.rateLimitAllowed(rateLimit), Keys.rateLimitWaiting(rateLimit))) {
        Command score = Command.of("ZSCORE", key, id);
        if (!server.with(connection -> connection.call(score)).isNil()) {
          places.add(place("rate_limit", rateLimit, "key", key));
        }
      }
    }
    return places;
  }

  private boolean isIn(String list) {
    Command range = Command.of("LRANGE", list, "0", "999");
    return server.with(connection -> connection.call(range)).asTexts().contains(id);
  }

  private static Map<String, Object> registry(Kind kind, String queue, RegistryEntry entry) {
    String time = entry.time() == null ? "never" : String.valueOf(entry.time());
    return place(kind.name().toLowerCase(Locale.ROOT) + " registry", queue, "time", time);
  }

  private static Map<String, Object> place(String kind, String name, String key, Object value) {
    Map<String, Object> place = new LinkedHashMap<>();
    place.put("in", kind);
    place.put("of", name);
    place.put(key, value);
    return place;
  }
}
