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
 * A Lua script that the server runs as one atomic step, on the class path. Immutable; but its text
 * is read, and its digest computed, when they are first asked for: most scripts never are, and to
 * do it for all of them would take a noticeable part of a worker's start.
 */
public final class Script {
  private final @Nullable Script before;
  private final Class<?> owner;
  private final List<String> resources;
  private volatile @Nullable String source;
  private volatile @Nullable String sha;

  private Script(@Nullable Script before, Class<?> owner, String... resources) {
    this.before = before;
    this.owner = owner;
    this.resources = List.of(resources);
  }

  /**
   * Joins resources that stand beside a class, in order, so that scripts can share functions. That
   * one is missing is told when the script is first used, by an {@link IllegalStateException}.
   */
  public static Script load(Class<?> owner, String... resources) {
    return new Script(null, owner, resources);
  }

  /** This script and, behind it, resources that stand beside a class, as {@link #load} has it. */
  public Script followedBy(Class<?> other, String... more) {
    return new Script(this, other, more);
  }

  private static String read(@Nullable Script before, Class<?> owner, List<String> resources) {
    StringBuilder joined = new StringBuilder(before == null ? "" : before.source());
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
    return joined.toString();
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
    return Command.of("SCRIPT", "LOAD", source());
  }

  String source() {
    String known = source;
    if (known == null) {
      known = read(before, owner, resources);
      source = known;
    }
    return known;
  }

  String sha() {
    String known = sha;
    if (known == null) {
      known = sha1(source());
      sha = known;
    }
    return known;
  }
}
