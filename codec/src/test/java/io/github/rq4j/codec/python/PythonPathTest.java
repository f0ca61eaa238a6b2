package io.github.rq4j.codec.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonPathTest {
  /** Segments, parts and text, as CPython 3.11 gives them; segments and parts split at bars. */
  @ParameterizedTest
  @CsvSource({
    "a/b, a|b, a/b",
    "/etc|hosts, /|etc|hosts, /etc/hosts",
    "//srv//x/./y, //|srv|x|y, //srv/x/y",
    "///a, /|a, /a",
    "a|/b, /|b, /b",
    "., '', .",
    "..|a, ..|a, ../a",
    "a//b/, a|b, a/b",
    "/a|b|/|c, /|c, /c",
    "/, /, /"
  })
  void posix_paths_split_and_join_as_in_python(String segments, String parts, String text) {
    check("PurePosixPath", segments, parts, text);
  }

  @ParameterizedTest
  @CsvSource({
    "C:/Users\\x, C:\\|Users|x, C:\\Users\\x",
    "C:\\|Users, C:\\|Users, C:\\Users",
    "c:|x, c:|x, c:x",
    "C:a|D:b, D:|b, D:b",
    "C:\\a|\\b, C:\\|b, C:\\b",
    "\\\\host\\share\\dir\\f, \\\\host\\share\\|dir|f, \\\\host\\share\\dir\\f",
    "\\\\host\\share, \\\\host\\share\\, \\\\host\\share\\",
    "a|b, a|b, a\\b",
    "/a, \\|a, \\a",
    "\\\\host, \\|host, \\host",
    "\\\\host\\\\x, \\|host|x, \\host\\x",
    "C:, C:, C:",
    "C:\\, C:\\, C:\\"
  })
  void windows_paths_split_and_join_as_in_python(String segments, String parts, String text) {
    check("PureWindowsPath", segments, parts, text);
  }

  private static void check(String type, String segments, String parts, String text) {
    PythonPath path = PythonPath.parse(type, List.of(segments.split("\\|")));

    assertThat(String.join("|", path.parts())).isEqualTo(parts);
    assertThat(path.text()).isEqualTo(text);
  }

  @Test
  void no_segments_are_the_current_directory() {
    assertThat(PythonPath.parse("PosixPath", List.of()).text()).isEqualTo(".");
  }

  @Test
  void paths_of_different_classes_differ() {
    PythonPath path = new PythonPath("PosixPath", List.of("a"));

    assertThat(path)
        .isEqualTo(PythonPath.parse("PosixPath", List.of("a")))
        .isNotEqualTo(new PythonPath("PurePosixPath", List.of("a")))
        .hasToString("PosixPath('a')");
    assertThat(path.isWindows()).isFalse();
    assertThat(new PythonPath("WindowsPath", List.of()).isWindows()).isTrue();
  }
}
