package io.github.rq4j.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import redis.embedded.Redis;

/**
 * One of the binaries in the embedded-redis artifact. Only its files are used: its launcher neither
 * bounds the wait for the server nor always empties the server's output.
 *
 * @param resource the file's name at the root of the artifact
 */
record BundledRedis(String resource) {

  static final BundledRedis LINUX_AMD64 = new BundledRedis("redis-server-6.2.6-v5-linux-amd64");
  static final BundledRedis LINUX_386 = new BundledRedis("redis-server-6.2.7-linux-386");
  static final BundledRedis LINUX_ARM64 = new BundledRedis("redis-server-6.2.7-linux-arm64");
  static final BundledRedis MAC_AMD64 = new BundledRedis("redis-server-6.2.6-v5-darwin-amd64");
  static final BundledRedis MAC_ARM64 = new BundledRedis("redis-server-6.2.6-v5-darwin-arm64");
  static final BundledRedis WINDOWS_AMD64 =
      new BundledRedis("redis-server-5.0.14.1-windows-amd64.exe");

  /** The binaries worth trying here, best first. */
  static List<BundledRedis> forThisMachine() {
    return forMachine(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  static List<BundledRedis> forMachine(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    boolean arm = osArch.equals("aarch64") || osArch.equals("arm64");
    boolean amd = osArch.equals("amd64") || osArch.equals("x86_64");
    if (os.startsWith("linux")) {
      // The 32-bit one is linked statically: it runs where the other misses its OpenSSL 3.
      return arm
          ? List.of(LINUX_ARM64)
          : amd ? List.of(LINUX_AMD64, LINUX_386) : x86(osArch) ? List.of(LINUX_386) : List.of();
    }
    if (os.startsWith("mac")) {
      return arm ? List.of(MAC_ARM64) : amd ? List.of(MAC_AMD64) : List.of();
    }
    return os.startsWith("windows") && amd ? List.of(WINDOWS_AMD64) : List.of();
  }

  private static boolean x86(String osArch) {
    return osArch.equals("x86") || osArch.matches("i[3-6]86");
  }

  static String thisMachine() {
    return System.getProperty("os.name") + " " + System.getProperty("os.arch");
  }

  /** Whether the artifact on the class path has this file. */
  boolean isPresent() {
    return Redis.class.getResource("/" + resource) != null;
  }

  /**
   * Puts the binary into the cache unless it is there already, which its size tells: reading and
   * comparing all of it would take longer than the server's start. Safe against other processes
   * that do the same.
   *
   * @return the executable file
   */
  Path unpack(Path cache) {
    URL url = Redis.class.getResource("/" + resource);
    if (url == null) {
      throw new RedisUnavailableException("the embedded-redis artifact has no file " + resource);
    }
    try {
      URLConnection connection = url.openConnection();
      connection.setUseCaches(false);
      try (InputStream in = connection.getInputStream()) {
        long size = connection.getContentLengthLong();
        Path file = cache.resolve("redis").resolve(Long.toString(size)).resolve(resource);
        if (!Files.isExecutable(file) || Files.size(file) != size) {
          write(in.readAllBytes(), file);
        }
        return file;
      }
    } catch (IOException e) {
      throw new RedisUnavailableException(
          "cannot unpack " + resource + " into " + cache + ": " + e.getMessage(), e);
    }
  }

  private static void write(byte[] content, Path file) throws IOException {
    Path directory = file.getParent();
    Files.createDirectories(directory);
    Path draft = Files.createTempFile(directory, "unpacking-", ".tmp");
    try {
      Files.write(draft, content);
      if (!draft.toFile().setExecutable(true)) {
        throw new IOException("cannot make " + draft + " executable");
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
