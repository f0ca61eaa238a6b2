package io.github.rq4j.client.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Lua script that the server runs as one atomic step, loaded from the class path. Immutable, but
 * for its digest, which is computed when it is first called: most scripts never are, and the
 * digests of all of them would take a noticeable part of a worker's start.
 */
public final class Script {
  private final String source;
  private volatile @Nullable String sha;

  private Script(String source) {
    this.source = source;
  }

  /**
   * Joins resources that stand beside a class, in order, so that scripts can share functions.
   *
   * @throws IllegalStateException if a resource is missing
   */
  public static Script load(Class<?> owner, String... resources) {
    return new Script("").followedBy(owner, resources);
  }

  /**
   * This script and, behind it, resources that stand beside a class.
   *
   * @throws IllegalStateException if a resource is missing
   */
  public Script followedBy(Class<?> owner, String... resources) {
    StringBuilder joined = new StringBuilder(source);
    for (String resource : resources) {
      try (InputStream in = owner.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException("no script " + resource + " beside " + owner.getName());
        }
        joined.append(new String(in.readAllBytes(), StandardCharsets.UTF_8)).append('\n');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new Script(joined.toString());
  }

  private static String sha1(String source) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(digest.digest(source.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  /** A call with the keys that are known beforehand; append the other arguments to the result. */
  public Command call(List<String> keys) {
    Command command = Command.call(this).add(keys.size());
    keys.forEach(command::add);
    return command;
  }

  /** Makes the server know the script, so that the first call need not be sent twice. */
  public Command load() {
    return Command.of("SCRIPT", "LOAD", source);
  }

  String source() {
    return source;
  }

  String sha() {
    String known = sha;
    if (known == null) {
      known = sha1(source);
      sha = known;
    }
    return known;
  }
}
