package io.github.rq4j.interop.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.testservers.PythonFixtures;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/reliability.md} promises is tested, and what is tested stands there. */
class ReliabilityPageTest {
  private static final Pattern NAME = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

  private static Set<String> testsOnThePage() throws IOException {
    Path page = PythonFixtures.directory().resolveSibling("docs").resolve("reliability.md");
    Matcher matcher = NAME.matcher(Files.readString(page));
    Set<String> names = new TreeSet<>();
    while (matcher.find()) {
      names.add(matcher.group(1) + "." + matcher.group(2));
    }
    return names;
  }

  private static Set<String> testsIn(Class<?>... classes) {
    return Stream.of(classes)
        .flatMap(
            type ->
                Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.getAnnotations().length > 0)
                    .map(Method::getName)
                    .filter(name -> name.contains("_"))
                    .map(name -> type.getSimpleName() + "." + name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void every_test_that_the_page_names_exists() throws IOException {
    assertThat(
            testsIn(
                CrashPointsTest.class,
                UpkeepCrashTest.class,
                ContradictionsTest.class,
                OutagesTest.class,
                FailoverTest.class,
                TlsTest.class,
                PermissionsTest.class))
        .containsAll(testsOnThePage());
  }

  @Test
  void every_point_and_outage_that_is_tested_stands_on_the_page() throws IOException {
    assertThat(testsOnThePage())
        .containsAll(
            testsIn(
                CrashPointsTest.class,
                UpkeepCrashTest.class,
                ContradictionsTest.class,
                OutagesTest.class,
                FailoverTest.class,
                TlsTest.class));
  }
}
