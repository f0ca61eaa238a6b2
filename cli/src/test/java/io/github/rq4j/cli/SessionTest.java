package io.github.rq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The terminal session in the documentation says what its commands say. */
final class SessionTest extends OnRedis {
  private static final Path PAGE = Path.of("..", "docs", "command.md");
  private static final String PROMPT = "$ rq4j ";
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+Z");

  @Test
  void the_session_can_be_replayed() throws IOException {
    List<String> session = session();
    StringBuilder replayed = new StringBuilder();
    for (String line : session) {
      if (line.startsWith(PROMPT)) {
        replayed.append(line).append('\n');
        CommandRun run = run(words(line.substring(PROMPT.length())));
        replayed.append(run.out()).append(run.err());
      }
    }

    assertThat(neutral(replayed.toString())).isEqualTo(neutral(String.join("\n", session) + "\n"));
    assertThat(session).hasSizeGreaterThan(20);
  }

  private static String neutral(String text) {
    return TIME.matcher(text).replaceAll("<time>");
  }

  private static List<String> session() throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    int start = lines.indexOf("## A session");
    List<String> block = lines.subList(start, lines.size());
    int first = block.indexOf("```console") + 1;
    return block.subList(first, first + block.subList(first, block.size()).indexOf("```"));
  }

  private static String[] words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }
    return words.toArray(new String[0]);
  }
}
