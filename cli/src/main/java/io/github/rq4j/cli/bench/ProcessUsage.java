package io.github.rq4j.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What Linux tells of one process under {@code /proc}. Immutable.
 *
 * @param cpuSeconds its processor time in user and system mode, with that of children that it has
 *     waited for
 * @param peakBytes the most memory that it had at one time (VmHWM); 0 where the kernel does not
 *     tell
 */
record ProcessUsage(double cpuSeconds, long peakBytes) {
  /** The kernel's unit for times, the same on all common builds of Linux. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int FIRST_TIME = 11;
  private static final int TIMES = 4;

  /** Empty if there is no such process, or no such file system. */
  static Optional<ProcessUsage> of(long pid) {
    Path directory = Path.of("/proc", Long.toString(pid));
    try {
      String stat = Files.readString(directory.resolve("stat"), StandardCharsets.ISO_8859_1);
      List<String> status =
          Files.readAllLines(directory.resolve("status"), StandardCharsets.ISO_8859_1);
      return Optional.of(parse(stat, status));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads both files.
   *
   * @param stat the content of {@code stat}
   * @param status the lines of {@code status}
   */
  static ProcessUsage parse(String stat, List<String> status) {
    // The program's name, in parentheses, may have blanks and parentheses itself.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1);
    long ticks = 0;
    for (int i = FIRST_TIME; i < FIRST_TIME + TIMES; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    long kilobytes =
        status.stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .map(line -> line.replaceAll("[^0-9]", ""))
            .mapToLong(Long::parseLong)
            .findFirst()
            .orElse(0);
    return new ProcessUsage(ticks / TICKS_PER_SECOND, kilobytes * 1024);
  }
}
