package io.github.rq4j.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rq4j.codec.python.PythonByteArray;
import io.github.rq4j.codec.python.PythonDateTime;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonFrozenSet;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonSet;
import io.github.rq4j.codec.python.PythonSlice;
import io.github.rq4j.codec.python.PythonTime;
import io.github.rq4j.codec.python.PythonTimeZone;
import io.github.rq4j.codec.python.PythonTuple;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the Java values of tagged values, with the identity that the tags tell: a node is one
 * object, a {@code ref} is the object of the node that it names, and equal nodes without a
 * reference between them are distinct objects. Values that the JDK keeps in caches get another form
 * the second time.
 *
 * <p>Mutable containers are made empty and filled last, so that they can contain themselves.
 */
final class TaggedValues {
  private final Map<Integer, JsonNode> named = new HashMap<>();
  private final IdentityHashMap<JsonNode, Made> made = new IdentityHashMap<>();
  private final Set<Object> given = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<JsonNode> inMaking = Collections.newSetFromMap(new IdentityHashMap<>());
  private final ArrayDeque<Runnable> fillings = new ArrayDeque<>();

  private record Made(@Nullable Object value) {}

  private TaggedValues(JsonNode root) {
    collectNames(root);
  }

  /** The value of a tagged value. */
  static @Nullable Object of(JsonNode root) {
    TaggedValues values = new TaggedValues(root);
    Object value = values.value(root);
    while (!values.fillings.isEmpty()) {
      values.fillings.remove().run();
    }
    return value;
  }

  private void collectNames(JsonNode node) {
    if (node.has("id") && !TaggedNode.kind(node).equals("ref")) {
      named.put(node.get("id").asInt(), node);
    }
    node.forEach(this::collectNames);
  }

  private @Nullable Object value(JsonNode node) {
    if (TaggedNode.kind(node).equals("ref")) {
      JsonNode target = named.get(TaggedNode.required(node, "id").asInt());
      if (target == null) {
        throw new IllegalArgumentException("a ref to an id that no node has");
      }
      return value(target);
    }
    Made before = made.get(node);
    if (before != null) {
      return before.value;
    }
    if (!inMaking.add(node)) {
      throw new IllegalArgumentException("an immutable value cannot contain itself");
    }
    Object leaf = TaggedLeaves.value(node);
    Object value = leaf == TaggedLeaves.NONE_OF_THESE ? composed(node) : distinct(leaf);
    inMaking.remove(node);
    made.put(node, new Made(value));
    return value;
  }

  /** A duration of zero is one object in Java, but may be several in Python. */
  private @Nullable Object distinct(@Nullable Object leaf) {
    if (leaf instanceof Duration && leaf.equals(Duration.ZERO) && !given.add(leaf)) {
      return PythonObject.reduce(
          new PythonGlobal("datetime", "timedelta"), PythonTuple.of(0L, 0L, 0L));
    }
    return leaf;
  }

  private Object composed(JsonNode node) {
    return switch (TaggedNode.kind(node)) {
      case "list" -> list(node, new PythonList());
      case "dict" -> dict(node, new PythonDict());
      case "set" -> set(node, new PythonSet());
      case "bytearray" -> PythonByteArray.fromArray(TaggedNode.bytes(node));
      case "tuple" -> PythonTuple.copyOf(values(TaggedNode.members(node)));
      case "frozenset" -> PythonFrozenSet.copyOf(values(TaggedNode.members(node)));
      case "slice" ->
          PythonSlice.of(member(node, "start"), member(node, "stop"), member(node, "step"));
      case "nest" -> nest(node);
      case "time" -> time(node);
      case "datetime" ->
          PythonDateTime.simplest(
              TaggedLeaves.localDateTime(node), TaggedNode.isSet(node, "fold"), zone(node));
      case "timezone" -> timeZone(node);
      case "zoneinfo" -> zoneInfo(node);
      default -> object(node);
    };
  }

  private PythonList list(JsonNode node, PythonList list) {
    fillings.add(() -> TaggedNode.members(node).forEach(member -> list.add(value(member))));
    return list;
  }

  private PythonDict dict(JsonNode node, PythonDict dict) {
    fillings.add(() -> putAll(TaggedNode.entries(node), dict));
    return dict;
  }

  private void putAll(List<List<JsonNode>> entries, PythonDict dict) {
    for (List<JsonNode> entry : entries) {
      dict.put(value(entry.get(0)), value(entry.get(1)));
    }
  }

  private PythonSet set(JsonNode node, PythonSet set) {
    fillings.add(() -> TaggedNode.members(node).forEach(member -> set.add(value(member))));
    return set;
  }

  private List<@Nullable Object> values(List<JsonNode> nodes) {
    List<@Nullable Object> values = new ArrayList<>(nodes.size());
    nodes.forEach(node -> values.add(value(node)));
    return values;
  }

  private @Nullable Object member(JsonNode node, String member) {
    return value(TaggedNode.required(node, member));
  }

  private Object nest(JsonNode node) {
    Object inner = member(node, "leaf");
    for (int i = TaggedNode.required(node, "depth").asInt(); i > 0; i--) {
      switch (TaggedNode.text(node, "kind")) {
        case "list" -> inner = PythonList.of(inner);
        case "tuple" -> inner = PythonTuple.of(inner);
        default -> {
          PythonDict dict = new PythonDict();
          dict.put("k", inner);
          inner = dict;
        }
      }
    }
    return Objects.requireNonNull(inner, "a nest has a depth");
  }

  private Object time(JsonNode node) {
    LocalTime local = TaggedLeaves.localTime(node);
    boolean fold = TaggedNode.isSet(node, "fold");
    Object simplest = PythonTime.simplest(local, fold, zone(node));
    return simplest instanceof LocalTime && !given.add(simplest)
        ? PythonTime.of(local, fold, null)
        : simplest;
  }

  private @Nullable Object zone(JsonNode node) {
    return node.has("tz") ? member(node, "tz") : null;
  }

  private Object timeZone(JsonNode node) {
    Object offset = member(node, "offset");
    Object name = node.has("name") ? member(node, "name") : null;
    if (name != null && !(name instanceof String)) {
      throw new IllegalArgumentException("the name of a timezone is a str");
    }
    if (!(offset instanceof Duration duration)) {
      return PythonObject.reduce(new PythonGlobal("datetime", "timezone"), PythonTuple.of(offset));
    }
    Object simplest = PythonTimeZone.simplest(duration, (String) name);
    return simplest instanceof ZoneOffset && !given.add(simplest)
        ? new PythonTimeZone(duration, null)
        : simplest;
  }

  private Object zoneInfo(JsonNode node) {
    Object key = member(node, "key");
    boolean isCached = TaggedNode.isSet(node, "cached");
    if (isCached && key instanceof String text) {
      ZoneId region = PythonTimeZone.region(text).orElse(null);
      if (region != null) {
        return region;
      }
    }
    PythonObject unpickle =
        PythonObject.reduce(
            new PythonGlobal("builtins", "getattr"),
            PythonTuple.of(new PythonGlobal("zoneinfo", "ZoneInfo"), "_unpickle"));
    return PythonObject.reduce(unpickle, PythonTuple.of(key, isCached ? 1L : 0L));
  }

  private PythonObject object(JsonNode node) {
    return switch (TaggedNode.kind(node)) {
      case "ordereddict" -> withEntries(collection("OrderedDict", PythonTuple.EMPTY), node);
      case "defaultdict" -> {
        Object factory = member(node, "factory");
        PythonTuple args = factory == null ? PythonTuple.EMPTY : PythonTuple.of(factory);
        yield withEntries(collection("defaultdict", args), node);
      }
      case "counter" -> collection("Counter", PythonTuple.of(dict(node, new PythonDict())));
      case "deque" -> deque(node);
      case "object" -> generic(node);
      default ->
          throw new IllegalArgumentException("unknown kind of value " + TaggedNode.kind(node));
    };
  }

  private static PythonObject collection(String name, PythonTuple args) {
    return PythonObject.reduce(new PythonGlobal("collections", name), args);
  }

  private PythonObject withEntries(PythonObject object, JsonNode node) {
    dict(node, object.dictItems());
    return object;
  }

  private PythonObject deque(JsonNode node) {
    PythonTuple args =
        node.has("maxlen")
            ? PythonTuple.of(PythonTuple.EMPTY, node.get("maxlen").asLong())
            : PythonTuple.EMPTY;
    PythonObject deque = collection("deque", args);
    list(node, deque.listItems());
    return deque;
  }

  private PythonObject generic(JsonNode node) {
    PythonObject object = made(node);
    fillings.add(
        () -> {
          TaggedNode.nodes(node, "listitems").forEach(item -> object.listItems().add(value(item)));
          if (node.has("dictitems")) {
            putAll(TaggedNode.pairs(node.get("dictitems")), object.dictItems());
          }
          Object setter = node.has("setter") ? member(node, "setter") : null;
          if (setter != null) {
            object.setState(member(node, "state"), setter);
          } else if (node.has("state")) {
            object.setState(member(node, "state"));
          }
        });
    return object;
  }

  private PythonObject made(JsonNode node) {
    Object callable = member(node, "func");
    PythonTuple args = PythonTuple.copyOf(values(TaggedNode.nodes(node, "args")));
    return switch (TaggedNode.text(node, "how")) {
      case "reduce" -> PythonObject.reduce(callable, args);
      case "newobj" -> PythonObject.newObject(callable, args);
      case "newobj_ex" -> {
        PythonDict kwargs = new PythonDict();
        putAll(TaggedNode.pairs(TaggedNode.required(node, "kwargs")), kwargs);
        yield PythonObject.newObject(callable, args, kwargs);
      }
      case "inst" -> PythonObject.instance(callable, args);
      default -> throw new IllegalArgumentException("unknown way to make an object");
    };
  }
}
