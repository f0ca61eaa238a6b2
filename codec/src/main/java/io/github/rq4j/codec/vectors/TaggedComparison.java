package io.github.rq4j.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rq4j.codec.python.PythonByteArray;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonFrozenSet;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonSet;
import io.github.rq4j.codec.python.PythonSlice;
import io.github.rq4j.codec.python.PythonTuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares a value with its tagged description: types and content, and for mutable values identity,
 * too. What the description gives as one object has to be one, and what it gives as two has to be
 * two. Sharing of immutable values is of no account.
 */
final class TaggedComparison {
  private final boolean isOfPython3;
  private Map<Integer, @Nullable Object> named = new HashMap<>();
  private IdentityHashMap<JsonNode, Object> found = new IdentityHashMap<>();
  private IdentityHashMap<Object, Boolean> seen = new IdentityHashMap<>();

  private TaggedComparison(boolean isOfPython3) {
    this.isOfPython3 = isOfPython3;
  }

  /**
   * Whether a value is what a node describes.
   *
   * @param isOfPython3 whether a Python 3 wrote it: then dicts are compared in order, too
   */
  static boolean matches(JsonNode node, @Nullable Object value, boolean isOfPython3) {
    return new TaggedComparison(isOfPython3).matches(node, value);
  }

  private boolean matches(JsonNode node, @Nullable Object value) {
    String kind = TaggedNode.kind(node);
    if (kind.equals("ref")) {
      return matchesReference(named.get(TaggedNode.required(node, "id").asInt()), value);
    }
    if (node.has("id")) {
      named.put(node.get("id").asInt(), value);
    }
    if (value != null && isMutable(value)) {
      Object before = found.put(node, value);
      if (before != null) {
        return before == value;
      }
      if (seen.put(value, true) != null) {
        return false;
      }
    }
    Object leaf = TaggedLeaves.value(node);
    if (leaf != TaggedLeaves.NONE_OF_THESE) {
      return leaf instanceof PythonGlobal global
          ? isGlobal(global, value)
          : Objects.equals(leaf, value);
    }
    return matchesComposed(kind, node, value);
  }

  private static boolean matchesReference(@Nullable Object first, @Nullable Object value) {
    return first == value
        || (first != null && !isMutable(first) && ObjectContent.equal(first, value));
  }

  private static boolean isMutable(Object value) {
    return value instanceof PythonList
        || value instanceof PythonDict
        || value instanceof PythonSet
        || value instanceof PythonByteArray
        || (value instanceof PythonObject object && !ObjectContent.isZone(object));
  }

  /**
   * Below protocol 4 a method of a class looks like a nested class: a call of getattr. The
   * subclasses of OSError are unknown to Python 2, but Python 3 makes them when it reads its
   * pickles.
   */
  private boolean isGlobal(PythonGlobal global, @Nullable Object value) {
    if (value instanceof PythonGlobal other) {
      return global.equals(other)
          || (!isOfPython3
              && global.is("builtins", "OSError")
              && other.is("builtins", other.name())
              && other.name().endsWith("Error"));
    }
    return value instanceof PythonObject call && global.equals(ObjectContent.attributeOf(call));
  }

  private static boolean isAttribute(JsonNode node, @Nullable Object value) {
    return value instanceof PythonGlobal global
        && TaggedValues.of(node) instanceof PythonObject call
        && global.equals(ObjectContent.attributeOf(call));
  }

  private boolean matchesComposed(String kind, JsonNode node, @Nullable Object value) {
    return switch (kind) {
      case "list" -> value instanceof PythonList list && matchesAll(TaggedNode.members(node), list);
      case "tuple" ->
          value instanceof PythonTuple tuple
              && matchesAll(TaggedNode.members(node), tuple.asList());
      case "dict" ->
          value instanceof PythonDict dict && matchesEntries(TaggedNode.entries(node), dict);
      case "set" ->
          value instanceof PythonSet set && matchesUnordered(TaggedNode.members(node), set);
      case "frozenset" ->
          value instanceof PythonFrozenSet set
              && matchesUnordered(TaggedNode.members(node), set.asSet());
      case "bytearray" ->
          value instanceof PythonByteArray array
              && Arrays.equals(array.toByteArray(), TaggedNode.bytes(node));
      case "slice" ->
          value instanceof PythonSlice slice
              && matches(TaggedNode.required(node, "start"), slice.start())
              && matches(TaggedNode.required(node, "stop"), slice.stop())
              && matches(TaggedNode.required(node, "step"), slice.step());
      case "nest" -> matchesNest(node, value);
      case "time", "datetime", "timezone", "zoneinfo" ->
          TaggedTimes.matches(node, value, this::matches);
      default ->
          value instanceof PythonObject object
              ? matchesObject(kind, node, object)
              : isAttribute(node, value);
    };
  }

  private boolean matchesAll(List<JsonNode> nodes, List<?> values) {
    if (nodes.size() != values.size()) {
      return false;
    }
    Iterator<?> value = values.iterator();
    for (JsonNode node : nodes) {
      if (!matches(node, value.next())) {
        return false;
      }
    }
    return true;
  }

  private boolean matchesEntries(List<List<JsonNode>> entries, Map<?, ?> values) {
    if (entries.size() != values.size()) {
      return false;
    }
    if (!isOfPython3) {
      return matchesUnorderedEntries(entries, values);
    }
    Iterator<? extends Map.Entry<?, ?>> value = values.entrySet().iterator();
    for (List<JsonNode> entry : entries) {
      Map.Entry<?, ?> next = value.next();
      if (!matches(entry.get(0), next.getKey()) || !matches(entry.get(1), next.getValue())) {
        return false;
      }
    }
    return true;
  }

  private boolean matchesUnorderedEntries(List<List<JsonNode>> entries, Map<?, ?> values) {
    List<Map.Entry<?, ?>> rest = new ArrayList<>(values.entrySet());
    for (List<JsonNode> entry : entries) {
      if (!removeMatch(
          rest,
          next -> matches(entry.get(0), next.getKey()) && matches(entry.get(1), next.getValue()))) {
        return false;
      }
    }
    return true;
  }

  /** Members in order first, as they usually come; only the rest is matched each with each. */
  private boolean matchesUnordered(List<JsonNode> nodes, Iterable<?> members) {
    List<@Nullable Object> rest = new ArrayList<>();
    members.forEach(rest::add);
    if (rest.size() != nodes.size()) {
      return false;
    }
    for (JsonNode node : nodes) {
      if (!removeMatch(rest, member -> matches(node, member))) {
        return false;
      }
    }
    return true;
  }

  private interface Condition<T extends @Nullable Object> {
    boolean holds(T candidate);
  }

  /** Removes the first match; what failed attempts noted of identity is forgotten. */
  private <T extends @Nullable Object> boolean removeMatch(
      List<T> candidates, Condition<T> condition) {
    for (Iterator<T> rest = candidates.iterator(); rest.hasNext(); ) {
      Map<Integer, @Nullable Object> namedBefore = new HashMap<>(named);
      IdentityHashMap<JsonNode, Object> foundBefore = new IdentityHashMap<>(found);
      IdentityHashMap<Object, Boolean> seenBefore = new IdentityHashMap<>(seen);
      if (condition.holds(rest.next())) {
        rest.remove();
        return true;
      }
      named = namedBefore;
      found = foundBefore;
      seen = seenBefore;
    }
    return false;
  }

  private boolean matchesNest(JsonNode node, @Nullable Object value) {
    Object inner = value;
    for (int i = TaggedNode.required(node, "depth").asInt(); i > 0; i--) {
      if (inner instanceof PythonList list && list.size() == 1) {
        inner = list.get(0);
      } else if (inner instanceof PythonTuple tuple && tuple.size() == 1) {
        inner = tuple.get(0);
      } else if (inner instanceof PythonDict dict && dict.size() == 1) {
        inner = dict.get("k");
      } else {
        return false;
      }
    }
    return matches(TaggedNode.required(node, "leaf"), inner);
  }

  private boolean matchesObject(String kind, JsonNode node, PythonObject object) {
    return switch (kind) {
      case "ordereddict", "counter" -> {
        String name = kind.equals("counter") ? "Counter" : "OrderedDict";
        yield ObjectContent.isOfCollections(object, name)
            && matchesEntries(TaggedNode.entries(node), object.asMap().orElseThrow());
      }
      case "defaultdict" ->
          ObjectContent.isOfCollections(object, "defaultdict")
              && matches(TaggedNode.required(node, "factory"), ObjectContent.argument(object, 0))
              && matchesEntries(TaggedNode.entries(node), object.asMap().orElseThrow());
      case "deque" ->
          ObjectContent.isOfCollections(object, "deque")
              && Objects.equals(
                  node.has("maxlen") ? (Object) node.get("maxlen").asLong() : null,
                  ObjectContent.argument(object, 1))
              && matchesAll(TaggedNode.members(node), object.asList().orElseThrow());
      case "object" -> matchesGeneric(node, object);
      default -> false;
    };
  }

  private boolean matchesGeneric(JsonNode node, PythonObject object) {
    return ObjectContent.form(object).equals(TaggedNode.text(node, "how"))
        && matches(TaggedNode.required(node, "func"), object.callable())
        && matchesAll(TaggedNode.nodes(node, "args"), object.args().asList())
        && matchesEntries(TaggedNode.pairs(node.path("kwargs")), object.kwargs())
        && matchesAll(
            TaggedNode.nodes(node, "listitems"),
            object.hasListItems() ? object.listItems() : List.of())
        && matchesEntries(
            TaggedNode.pairs(node.path("dictitems")),
            object.hasDictItems() ? object.dictItems() : Map.of())
        && node.has("state") == object.hasState()
        && (!object.hasState() || matchesState(node.get("state"), object.state()))
        && node.has("setter") == (object.setter() != null)
        && (object.setter() == null || matches(node.get("setter"), object.setter()));
  }

  /** Python copies attributes out of the state: a dict that serves several objects is no matter. */
  private boolean matchesState(JsonNode node, @Nullable Object state) {
    if (state instanceof PythonDict dict && TaggedNode.kind(node).equals("dict")) {
      if (node.has("id")) {
        named.put(node.get("id").asInt(), state);
      }
      return matchesEntries(TaggedNode.entries(node), dict);
    }
    return matches(node, state);
  }
}
