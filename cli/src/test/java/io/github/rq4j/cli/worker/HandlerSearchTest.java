package io.github.rq4j.cli.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.cli.console.CommandFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HandlerSearchTest {
  private static final String TASKS =
      """
      package shop;

      public class Tasks {
        @io.github.rq4j.client.RqFunction("shop.add")
        public static long add(long x, long y) {
          return x + y;
        }
      }
      """;
  private static final String PROVIDER =
      """
      package shop;

      public class Provider implements io.github.rq4j.worker.HandlerProvider {
        @Override
        public void register(io.github.rq4j.worker.Handlers.Builder handlers) {
          handlers.register("shop.provided", () -> 1);
        }
      }
      """;

  @TempDir private Path directory;

  @Test
  void a_class_is_found_in_a_directory() throws IOException {
    Path classes = new CompiledClasses(directory).with("shop.Tasks", TASKS).directory();

    assertThat(functions(classes.toString(), "shop.Tasks")).containsExactly("shop.add");
  }

  @Test
  void a_class_is_found_in_a_jar() throws IOException {
    Path jar = new CompiledClasses(directory).with("shop.Tasks", TASKS).jar("tasks.jar");

    assertThat(functions(jar.toString(), "shop.Tasks")).containsExactly("shop.add");
  }

  @Test
  void a_star_stands_for_all_jars_of_a_directory() throws IOException {
    Path jar = new CompiledClasses(directory).with("shop.Tasks", TASKS).jar("tasks.jar");

    assertThat(functions(jar.getParent() + File.separator + "*", "shop.Tasks"))
        .containsExactly("shop.add");
  }

  @Test
  void providers_on_the_class_path_need_not_be_named() throws IOException {
    Path jar =
        new CompiledClasses(directory)
            .with("shop.Provider", PROVIDER)
            .service("io.github.rq4j.worker.HandlerProvider", "shop.Provider")
            .jar("provider.jar");

    assertThat(functions(jar.toString())).containsExactly("shop.provided");
  }

  @Test
  void several_entries_are_joined() throws IOException {
    Path jar = new CompiledClasses(directory).with("shop.Tasks", TASKS).jar("tasks.jar");
    Path empty = Files.createDirectory(directory.resolve("empty"));

    assertThat(functions(empty + File.pathSeparator + jar, "shop.Tasks"))
        .containsExactly("shop.add");
  }

  @Test
  void two_functions_of_one_name_are_a_misuse() throws IOException {
    Path classes = new CompiledClasses(directory).with("shop.Tasks", TASKS).directory();

    assertThatThrownBy(() -> functions(classes.toString(), "shop.Tasks", "shop.Tasks"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("two functions are registered as 'shop.add'");
  }

  @Test
  void a_provider_that_does_not_exist_is_a_misuse() throws IOException {
    Path jar =
        new CompiledClasses(directory)
            .with("shop.Tasks", TASKS)
            .service("io.github.rq4j.worker.HandlerProvider", "shop.Missing")
            .jar("broken.jar");

    assertThatThrownBy(() -> functions(jar.toString()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("shop.Missing");
  }

  @Test
  void a_class_that_needs_an_absent_one_is_a_misuse() throws IOException {
    CompiledClasses compiled =
        new CompiledClasses(directory)
            .with("shop.Base", "package shop; public class Base {}")
            .with("shop.Derived", "package shop; public class Derived extends Base {}");
    Files.delete(compiled.directory().resolve("shop/Base.class"));

    assertThatThrownBy(() -> functions(compiled.directory().toString(), "shop.Derived"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("shop.Derived cannot be loaded")
        .hasMessageContaining("shop/Base");
  }

  private static Set<String> functions(String classPath, String... classes) throws IOException {
    try (HandlerClassPath opened = HandlerClassPath.of(classPath)) {
      return new HandlerSearch(opened.loader()).find(classes).names();
    }
  }
}
