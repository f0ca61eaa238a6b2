package io.github.rq4j.worker.horse;

import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How to start a horse: the same {@code java} as this process's, with another class path and
 * options of its own.
 *
 * @param jvmOptions options of the JVM
 * @param classPath where its classes are
 * @param mainClass the class that it begins with
 * @param arguments what that class is told; everybody on the machine can see them
 * @param output where its standard output goes
 * @param errors where its standard error goes
 */
public record HorseCommand(
    List<String> jvmOptions,
    String classPath,
    String mainClass,
    List<String> arguments,
    Redirect output,
    Redirect errors) {

  /** Takes copies. */
  public HorseCommand {
    jvmOptions = List.copyOf(jvmOptions);
    arguments = List.copyOf(arguments);
  }

  ProcessBuilder toProcess() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(jvmOptions);
    words.add("-cp");
    words.add(absolute(classPath));
    words.add(mainClass);
    words.addAll(arguments);
    return new ProcessBuilder(words)
        .redirectInput(Redirect.PIPE)
        .redirectOutput(output)
        .redirectError(errors);
  }

  /** An empty class path would be the current directory. */
  private static String absolute(String path) {
    return path.isEmpty() ? new File("").getAbsolutePath() : path;
  }
}
