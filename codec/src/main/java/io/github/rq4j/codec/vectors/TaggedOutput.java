package io.github.rq4j.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.python.PythonByteArray;
import io.github.rq4j.codec.python.PythonFrozenSet;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonObject;
import io.github.rq4j.codec.python.PythonSlice;
import io.github.rq4j.codec.python.PythonTuple;
import io.github.rq4j.codec.python.PythonTypeName;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes a value by tags. The first node of an object that is met again gets an {@code id}, the
 * others become a {@code ref} to it.
 */
final class TaggedOutput {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** What is deeper, Jackson would refuse to write or read: a dict takes three levels of JSON. */
  private static final int DEEPEST = 300;

  private final IdentityHashMap<Object, ObjectNode> described = new IdentityHashMap<>();
  private int ids;
  private int depth;

  private TaggedOutput() {}

  static JsonNode of(@Nullable Object value) {
    return new TaggedOutput().node(value);
  }

  ObjectNode node(@Nullable Object value) {
    ObjectNode node = NODES.objectNode();
    if (value != null && isMemoised(value)) {
      ObjectNode first = described.putIfAbsent(value, node);
      if (first != null) {
        return node.put("t", "ref").put("id", id(first));
      }
    }
    if (++depth > DEEPEST) {
      throw new UnsupportedValueException(
          "tagged JSON has no form for a value nested more than " + DEEPEST + " levels deep");
    }
    if (!TaggedLeafOutput.describe(node, value)
        && !TaggedTimeOutput.describe(node, value, this)
        && !describeContainer(node, value)) {
      throw new UnsupportedValueException(
          "tagged JSON has no form for " + PythonTypeName.of(value));
    }
    depth--;
    return node;
  }

  /** The number of a node that is referred to, put next to its kind where it has none yet. */
  private int id(ObjectNode node) {
    if (!node.has("id")) {
      node.put("id", ids++);
    }
    return node.get("id").asInt();
  }

  /** Whether a pickle can refer to a value again; short texts are one object in Python anyway. */
  private static boolean isMemoised(Object value) {
    if (value instanceof String text) {
      return text.length() > 1 || (text.length() == 1 && text.charAt(0) > 255);
    }
    return !TaggedLeafOutput.isNeverMemoised(value) && value != PythonTuple.EMPTY;
  }

  private boolean describeContainer(ObjectNode node, @Nullable Object value) {
    if (value instanceof PythonTuple tuple) {
      node.put("t", "tuple").set("v", nodes(tuple.asList()));
    } else if (value instanceof List<?> list) {
      node.put("t", "list").set("v", nodes(list));
    } else if (value instanceof Map<?, ?> map) {
      node.put("t", "dict").set("v", pairs(map));
    } else if (value instanceof PythonFrozenSet set) {
      node.put("t", "frozenset").set("v", nodes(set));
    } else if (value instanceof Set<?> set) {
      node.put("t", "set").set("v", nodes(set));
    } else if (value instanceof PythonByteArray bytes) {
      node.put("t", "bytearray").put("v", TaggedLeafOutput.hex(bytes.toByteArray()));
    } else if (value instanceof PythonSlice slice) {
      node.put("t", "slice");
      node.set("start", node(slice.start()));
      node.set("stop", node(slice.stop()));
      node.set("step", node(slice.step()));
    } else if (value instanceof PythonObject object) {
      describeObject(node, object);
    } else {
      return false;
    }
    return true;
  }

  private void describeObject(ObjectNode node, PythonObject object) {
    if (!describeZone(node, object) && !describeCollection(node, object)) {
      describeGeneric(node, object);
    }
  }

  /** Only zones made by a call of {@code getattr}; by a name, they keep their general form. */
  private boolean describeZone(ObjectNode node, PythonObject object) {
    PythonTuple zone = ObjectContent.zoneArguments(object);
    if (zone == null
        || object.callable() instanceof PythonGlobal
        || !(zone.get(0) instanceof String)
        || !(zone.get(1) instanceof Long cached)) {
      return false;
    }
    node.put("t", "zoneinfo");
    node.set("key", node(zone.get(0)));
    node.put("cached", cached != 0);
    return true;
  }

  /** The collections that have kinds of their own, where nothing but that is in the object. */
  private boolean describeCollection(ObjectNode node, PythonObject object) {
    boolean isPlain =
        object.form() == PythonObject.Form.REDUCE
            && !object.hasState()
            && object.setter() == null
            && object.kwargs().isEmpty();
    if (!isPlain) {
      return false;
    }
    int args = object.args().size();
    boolean hasItems = object.hasListItems();
    if (ObjectContent.isOfCollections(object, "OrderedDict") && args == 0 && !hasItems) {
      node.put("t", "ordereddict").set("v", entries(object));
    } else if (ObjectContent.isOfCollections(object, "defaultdict") && args < 2 && !hasItems) {
      node.put("t", "defaultdict");
      node.set("factory", node(ObjectContent.argument(object, 0)));
      node.set("v", entries(object));
    } else if (ObjectContent.isOfCollections(object, "deque")
        && !object.hasDictItems()
        && (args == 0 || isBounded(object.args()))) {
      node.put("t", "deque").set("v", nodes(hasItems ? object.listItems() : List.of()));
      if (args != 0) {
        node.put("maxlen", (Long) object.args().get(1));
      }
    } else {
      return false;
    }
    return true;
  }

  private static boolean isBounded(PythonTuple args) {
    return args.size() == 2 && args.get(0) == PythonTuple.EMPTY && args.get(1) instanceof Long;
  }

  private ArrayNode entries(PythonObject object) {
    return pairs(object.hasDictItems() ? object.dictItems() : Map.of());
  }

  private void describeGeneric(ObjectNode node, PythonObject object) {
    node.put("t", "object").put("how", ObjectContent.form(object));
    node.set("func", node(object.callable()));
    node.set("args", nodes(object.args()));
    if (object.form() == PythonObject.Form.NEWOBJ_EX) {
      node.set("kwargs", pairs(object.kwargs()));
    }
    if (object.hasListItems()) {
      node.set("listitems", nodes(object.listItems()));
    }
    if (object.hasDictItems()) {
      node.set("dictitems", pairs(object.dictItems()));
    }
    if (object.hasState()) {
      node.set("state", node(object.state()));
    }
    if (object.setter() != null) {
      node.set("setter", node(object.setter()));
    }
  }

  private ArrayNode nodes(Iterable<?> values) {
    ArrayNode array = NODES.arrayNode();
    values.forEach(value -> array.add(node(value)));
    return array;
  }

  private ArrayNode pairs(Map<?, ?> map) {
    ArrayNode array = NODES.arrayNode();
    map.forEach((key, value) -> array.addArray().add(node(key)).add(node(value)));
    return array;
  }
}
