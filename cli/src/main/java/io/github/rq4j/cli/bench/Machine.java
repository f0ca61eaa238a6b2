package io.github.rq4j.cli.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What the benchmark runs on, for readers of its figures. */
final class Machine {
  private Machine() {}

  /** The description, in the order in which it is to be read. */
  static Map<String, String> describe(BenchPython python, BenchRedis redis) {
    Map<String, String> description = new LinkedHashMap<>();
    description.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    description.put("processor", processor());
    description.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    description.put("load_before", load());
    description.put("system", system());
    description.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    description.put("python", python.pythonVersion());
    description.put("rq", python.rqVersion());
    description.put("redis", redis.describe());
    return description;
  }

  private static String processor() {
    return lineValue(Path.of("/proc/cpuinfo"), "model name", ":", System.getProperty("os.arch"));
  }

  private static String system() {
    String kernel = System.getProperty("os.name") + " " + System.getProperty("os.version");
    String name = lineValue(Path.of("/etc/os-release"), "PRETTY_NAME", "=", "").replace("\"", "");
    return name.isEmpty() ? kernel : name + ", " + kernel;
  }

  private static String load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return load < 0 ? Numbers.UNKNOWN : String.format(Locale.ROOT, "%.2f", load);
  }

  private static String lineValue(Path file, String name, String separator, String otherwise) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(separator) + 1).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException e) {
      return otherwise;
    }
  }
}
