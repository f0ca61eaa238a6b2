package io.github.rq4j.testservers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Learns scripts from the requests that load or send them, and gives them names. Thread-safe. */
final class ScriptNames {
  private final Map<String, String> markers = new LinkedHashMap<>();
  private final Map<String, String> texts = new ConcurrentHashMap<>();

  synchronized void name(String name, String marker) {
    markers.put(marker, name);
  }

  /** The name of the script that a request calls, else its SHA-1; empty if it calls none. */
  String of(List<byte[]> parts) {
    if (parts.size() < 2) {
      return "";
    }
    String argument = new String(parts.get(1), StandardCharsets.UTF_8);
    return switch (new String(parts.get(0), StandardCharsets.UTF_8).toUpperCase(Locale.ROOT)) {
      case "SCRIPT" -> {
        if (parts.size() > 2 && argument.equalsIgnoreCase("LOAD")) {
          learn(parts.get(2));
        }
        yield "";
      }
      case "EVAL", "EVAL_RO" -> name(learn(parts.get(1)));
      case "EVALSHA", "EVALSHA_RO" -> name(argument.toLowerCase(Locale.ROOT));
      default -> "";
    };
  }

  private String learn(byte[] text) {
    String sha = sha1(text);
    texts.put(sha, new String(text, StandardCharsets.UTF_8));
    return sha;
  }

  private synchronized String name(String sha) {
    String text = texts.getOrDefault(sha, "");
    return markers.entrySet().stream()
        .filter(marker -> text.contains(marker.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(sha);
  }

  private static String sha1(byte[] text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
