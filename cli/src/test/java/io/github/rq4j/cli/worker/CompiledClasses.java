package io.github.rq4j.cli.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** An application's classes, which the command that is tested does not know. */
final class CompiledClasses {
  private final Path directory;
  private final Path classes;

  CompiledClasses(Path directory) throws IOException {
    this.directory = directory;
    this.classes = Files.createDirectories(directory.resolve("classes"));
  }

  CompiledClasses with(String name, String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of(
            "-parameters",
            "-proc:none",
            "-d",
            classes.toString(),
            "-cp",
            classes + java.io.File.pathSeparator + System.getProperty("java.class.path"));
    boolean compiled =
        compiler.getTask(null, null, null, options, null, List.of(new Source(name, source))).call();
    if (!compiled) {
      throw new IllegalArgumentException(name + " does not compile");
    }
    return this;
  }

  CompiledClasses service(String type, String implementation) throws IOException {
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve(type), implementation + "\n");
    return this;
  }

  Path directory() {
    return classes;
  }

  Path jar(String name) throws IOException {
    Path jar = Files.createDirectories(directory.resolve("jars")).resolve(name);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file);
        Stream<Path> paths = Files.walk(classes)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(path).toString().replace('\\', '/')));
        Files.copy(path, entries);
        entries.closeEntry();
      }
    }
    return jar;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(
          URI.create(
              String.format(
                  Locale.ROOT,
                  "memory:///%s%s",
                  name.replace('.', '/'),
                  JavaFileObject.Kind.SOURCE.extension)),
          JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
