package io.github.rq4j.cli.worker;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.worker.ProcessIsolation;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where jobs run. */
final class IsolationSettings {
  private static final List<String> INHERITED =
      List.of("-XX:SharedArchiveFile=", "-Xlog:c", "-Xms", "-XX:+UseSerialGC");

  @Option(
      names = "--isolation",
      paramLabel = "KIND",
      description =
          "Where jobs run: thread, in this process; or process, in work horses, child processes that"
              + " can be killed for good. Default: thread.")
  private String isolation = "thread";

  @Option(
      names = "--jobs-per-horse",
      paramLabel = "N",
      description =
          "After how many jobs a work horse is replaced; 1 is a process per job, as in RQ. Default:"
              + " 1000.")
  private @Nullable Integer jobsPerHorse;

  @Option(
      names = "--spare-horses",
      paramLabel = "N",
      description = "How many work horses wait besides those of the slots. Default: 1.")
  private @Nullable Integer spareHorses;

  @Option(
      names = "--horse-jvm-option",
      paramLabel = "OPTION",
      description = "An option of the work horses' JVMs, such as -Xmx256m; can be repeated.")
  private List<String> horseJvmOptions = new ArrayList<>();

  /**
   * Empty where jobs run in threads.
   *
   * @param told what the horses are to be told by their own options
   */
  Optional<ProcessIsolation> isolation(List<String> told) {
    return switch (isolation) {
      case "process" -> Optional.of(horses(told));
      case "thread" -> {
        if (jobsPerHorse != null || spareHorses != null || !horseJvmOptions.isEmpty()) {
          throw CommandFailure.misuse(
              "--jobs-per-horse, --spare-horses and --horse-jvm-option need --isolation process");
        }
        yield Optional.empty();
      }
      default ->
          throw CommandFailure.misuse(
              "--isolation must be thread or process, not '" + isolation + "'");
    };
  }

  private ProcessIsolation horses(List<String> told) {
    List<String> options = new ArrayList<>(told);
    options.addAll(inherited());
    options.addAll(horseJvmOptions);
    ProcessIsolation horses =
        ProcessIsolation.of(CommandHandlers.class).jvmOptions(options.toArray(String[]::new));
    try {
      horses = jobsPerHorse == null ? horses : horses.jobsPerHorse(jobsPerHorse);
      return spareHorses == null ? horses : horses.spareHorses(spareHorses);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.misuse("--isolation process: " + e.getMessage(), e);
    }
  }

  /** What has this JVM start quickly and take little memory, see the launcher script. */
  private List<String> inherited() {
    boolean choose = horseJvmOptions.stream().noneMatch(option -> option.startsWith("-XX:+Use"));
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> INHERITED.stream().anyMatch(option::startsWith))
        .filter(option -> choose || !option.startsWith("-XX:+Use"))
        .toList();
  }
}
