package io.github.rq4j.codec.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Reads the members of tagged values: the kind in {@code t}, and content in one of its forms. */
final class TaggedNode {
  private TaggedNode() {}

  static String kind(JsonNode node) {
    return required(node, "t").asText();
  }

  static JsonNode required(JsonNode node, String member) {
    JsonNode value = node.get(member);
    if (value == null) {
      throw new IllegalArgumentException("a tagged value has no member " + member);
    }
    return value;
  }

  /** An element of an array that has to be there. */
  static JsonNode element(JsonNode array, int index) {
    JsonNode element = array.get(index);
    if (element == null) {
      throw new IllegalArgumentException("an array of a tagged value has too few elements");
    }
    return element;
  }

  static String text(JsonNode node, String member) {
    return required(node, member).asText();
  }

  /** The integer of a member that holds decimal text. */
  static BigInteger integer(JsonNode node, String member) {
    return new BigInteger(text(node, member));
  }

  /** The int of a member that may be left out. */
  static boolean isSet(JsonNode node, String member) {
    return node.path(member).asInt() != 0 || node.path(member).asBoolean();
  }

  static double floating(JsonNode node) {
    return Double.longBitsToDouble(Long.parseUnsignedLong(text(node, "bits"), 16));
  }

  /** The text of a str: a string, code points, or a unit and how often it comes. */
  static String string(JsonNode node) {
    if (node.has("v")) {
      return text(node, "v");
    }
    StringBuilder text = new StringBuilder();
    if (node.has("cp")) {
      node.get("cp").forEach(point -> text.appendCodePoint(point.asInt()));
      return text.toString();
    }
    JsonNode repeated = required(node, "rep");
    return element(repeated, 0).asText().repeat(element(repeated, 1).asInt());
  }

  /** The content of bytes, bytearray or an 8-bit str: hex, or that of a unit and how often. */
  static byte[] bytes(JsonNode node) {
    if (node.has("v")) {
      return HexFormat.of().parseHex(text(node, "v"));
    }
    JsonNode repeated = required(node, "rep");
    byte[] unit = HexFormat.of().parseHex(element(repeated, 0).asText());
    byte[] content = new byte[Math.multiplyExact(unit.length, element(repeated, 1).asInt())];
    for (int start = 0; start < content.length; start += unit.length) {
      System.arraycopy(unit, 0, content, start, unit.length);
    }
    return content;
  }

  /** The elements of a sequence or set. */
  static List<JsonNode> members(JsonNode node) {
    if (node.has("seq")) {
      return progression(node.get("seq"));
    }
    List<JsonNode> members = new ArrayList<>();
    if (node.has("ints")) {
      node.get("ints").forEach(number -> members.add(integer(number.bigIntegerValue())));
    } else if (node.has("repeat")) {
      JsonNode repeated = node.get("repeat");
      for (int i = 0; i < element(repeated, 1).asInt(); i++) {
        members.add(element(repeated, 0));
      }
    } else {
      required(node, "v").forEach(members::add);
    }
    return members;
  }

  /** The entries of a mapping, each a pair of key and value. */
  static List<List<JsonNode>> entries(JsonNode node) {
    if (!node.has("seq")) {
      return pairs(required(node, "v"));
    }
    List<JsonNode> keys = progression(element(node.get("seq"), 0));
    List<JsonNode> values = progression(element(node.get("seq"), 1));
    List<List<JsonNode>> entries = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      entries.add(Arrays.asList(keys.get(i), values.get(i)));
    }
    return entries;
  }

  static List<List<JsonNode>> pairs(JsonNode array) {
    List<List<JsonNode>> pairs = new ArrayList<>(array.size());
    array.forEach(pair -> pairs.add(Arrays.asList(element(pair, 0), element(pair, 1))));
    return pairs;
  }

  /** The nodes of a member that may be left out. */
  static List<JsonNode> nodes(JsonNode node, String member) {
    List<JsonNode> nodes = new ArrayList<>();
    node.path(member).forEach(nodes::add);
    return nodes;
  }

  private static List<JsonNode> progression(JsonNode startStepCount) {
    BigInteger value = element(startStepCount, 0).bigIntegerValue();
    BigInteger step = element(startStepCount, 1).bigIntegerValue();
    List<JsonNode> numbers = new ArrayList<>();
    for (int i = 0; i < element(startStepCount, 2).asInt(); i++) {
      numbers.add(integer(value));
      value = value.add(step);
    }
    return numbers;
  }

  private static JsonNode integer(BigInteger value) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    return node.put("t", "int").put("v", value.toString());
  }
}
