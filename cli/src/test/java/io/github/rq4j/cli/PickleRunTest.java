package io.github.rq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rq4j pickle}, beside a real Python. */
final class PickleRunTest {
  private static final String JOB = "('tasks.add', None, (1, 2.5), {'when': [True, 'é', 10**30]})";
  private static final String JOB_READ =
      "('tasks.add', None, (1, 2.5), {'when': [True, 'é', 1000000000000000000000000000000]})";

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"raw", "zlib", "hex", "base64"})
  void each_form_of_a_pickle_is_detected_and_can_be_named(String form) throws Exception {
    Path file = file(form, pickledByPython(JOB, 5));

    for (String from : new String[] {"auto", form}) {
      CommandRun run =
          CommandRun.of("pickle", "decode", "--from", from, "--to", "python", file.toString());

      assertThat(run.err()).isEmpty();
      assertThat(run.out()).isEqualTo(JOB_READ + System.lineSeparator());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void a_value_of_every_protocol_is_written_again_as_it_was(int protocol) throws Exception {
    byte[] pickle = pickledByPython(JOB, protocol);
    Path file = file("raw", pickle);
    Path tagged = directory.resolve("tagged.json");
    Files.writeString(tagged, CommandRun.of("pickle", "decode", file.toString()).out());

    CommandRun run =
        CommandRun.of(
            "pickle",
            "encode",
            "--protocol",
            Integer.toString(protocol),
            "--to",
            "hex",
            tagged.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo(HexFormat.of().formatHex(pickle) + "\n");
  }

  @Test
  void python_reads_what_plain_json_becomes() throws Exception {
    String json = "{\"a\": [1, 2.5, null, true], \"b\": \"\\u00e9\\ud83d\\ude00\"}";
    CommandRun run = CommandRun.of("pickle", "encode", "--zlib", "--to", "base64", "--data", json);

    String read =
        python(
            "import ast, base64, json, pickle, zlib;"
                + "value = pickle.loads(zlib.decompress(base64.b64decode(input())));"
                + "print(value == json.loads(input()), type(value['a']).__name__)",
            run.out() + json + "\n");

    assertThat(read).isEqualTo("True list\n");
  }

  @Test
  void python_reads_what_tagged_json_becomes() throws Exception {
    CommandRun run =
        CommandRun.of(
            "pickle",
            "encode",
            "--to",
            "hex",
            "--data",
            "{\"t\": \"tuple\", \"v\": [{\"t\": \"date\", \"v\": \"2026-11-22\"},"
                + " {\"t\": \"decimal\", \"v\": \"1.50\"}]}");

    String read = python("import pickle; print(pickle.loads(bytes.fromhex(input())))", run.out());

    assertThat(read).isEqualTo("(datetime.date(2026, 11, 22), Decimal('1.50'))\n");
  }

  @Test
  void standard_input_is_read_where_no_file_is_named() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("80054b012e\n".getBytes(StandardCharsets.US_ASCII)));
    try {
      assertThat(CommandRun.of("pickle", "decode", "--to", "json").out().strip()).isEqualTo("1");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void raw_output_is_the_bytes_alone() {
    CommandRun run = CommandRun.of("pickle", "encode", "--protocol", "0", "--data", "1");

    assertThat(run.out()).isEqualTo("I1\n.");
  }

  @Test
  void an_object_with_a_member_t_can_be_meant_as_plain_json() {
    String json = "{\"t\": \"int\", \"v\": \"1\"}";

    CommandRun tagged = CommandRun.of("pickle", "encode", "--to", "hex", "--data", json);
    CommandRun plain =
        CommandRun.of("pickle", "encode", "--to", "hex", "--from", "json", "--data", json);

    assertThat(tagged.out()).isEqualTo("80054b012e\n");
    assertThat(CommandRun.of("pickle", "decode", "--to", "python", "--data", plain.out()).out())
        .isEqualTo("{'t': 'int', 'v': '1'}" + System.lineSeparator());
  }

  @Test
  void names_beyond_plain_data_have_to_be_allowed() {
    String json = "{\"t\": \"global\", \"module\": \"shop.models\", \"name\": \"Order\"}";

    CommandRun refused = CommandRun.of("pickle", "encode", "--data", json);
    CommandRun allowed = CommandRun.of("pickle", "encode", "--allow-globals", "--data", json);

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.errorLines())
        .singleElement()
        .asString()
        .contains("shop.models.Order")
        .endsWith("(here: --allow-globals)");
    assertThat(allowed.exitCode()).isZero();
    assertThat(allowed.out()).contains("shop.models");
  }

  @Test
  void an_answer_of_redis_without_content_is_called_empty() {
    CommandRun run = CommandRun.of("pickle", "decode", "--data", "\n");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errorLines())
        .containsExactly(
            "rq4j pickle decode: the input is empty; Redis shows so what is not there");
  }

  @Test
  void a_value_that_json_does_not_have_is_said_to_be_shown_in_other_forms() {
    CommandRun run = CommandRun.of("pickle", "decode", "--to", "json", "--data", "80058f2e");

    assertThat(run.errorLines())
        .singleElement()
        .asString()
        .endsWith("(--to tagged and --to python show every value)");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "decode --data zzz | pickle decode: pickle, byte 0",
        "decode --from hex --data xy | pickle decode: the input is no hexadecimal text",
        "decode --from base64 --data ! | pickle decode: the input is no base64 text",
        "decode --from zlib --data abc | pickle decode: the input is no whole zlib stream",
        "decode --to json --data 80058f2e | pickle decode: value: set has no form in JSON;",
        "decode /no/such/file | pickle decode: there is no file /no/such/file",
        "encode --data [1 | pickle encode: JSON text",
        "encode --from tagged --data 1 | pickle encode: not a tagged value",
      })
  void what_cannot_be_done_is_told_in_one_line(String command, String message) {
    CommandRun run = run(command);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errorLines()).singleElement().asString().startsWith("rq4j " + message);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "decode --to yaml --data 1 | --to must be tagged, python or json, not 'yaml'",
        "decode --from rot13 --data 1 | --from must be auto, raw, zlib, hex or base64, not 'rot13'",
        "decode --data 1 file | --data and FILE contradict each other",
        "encode --from yaml --data 1 | --from must be auto, tagged or json, not 'yaml'",
        "encode --to yaml --data 1 | --to must be raw, hex or base64, not 'yaml'",
        "encode --protocol 6 --data 1 | --protocol: pickle protocols are 0 to 5, not 6",
        "encode --protocol two --data 1 | Invalid value for option '--protocol'",
        "decode --nothing | Unknown option: '--nothing'",
      })
  void a_misuse_is_told_in_one_line(String command, String message) {
    CommandRun run = run(command);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines()).singleElement().asString().contains(message);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void a_direction_has_to_be_named() {
    CommandRun run = CommandRun.of("pickle");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines()).singleElement().asString().contains("decode or encode is missing");
  }

  private static CommandRun run(String command) {
    return CommandRun.of(("pickle " + command).split(" ", -1));
  }

  private Path file(String form, byte[] pickle) throws Exception {
    byte[] content =
        switch (form) {
          case "hex" -> HexFormat.of().formatHex(pickle).getBytes(StandardCharsets.US_ASCII);
          case "base64" -> Base64.getMimeEncoder().encode(pickle);
          case "zlib" -> HexFormat.of().parseHex(deflatedByPython(pickle));
          default -> pickle;
        };
    return Files.write(directory.resolve("input"), content);
  }

  private static byte[] pickledByPython(String value, int protocol) throws Exception {
    String hex =
        python("import pickle; print(pickle.dumps(" + value + ", " + protocol + ").hex())", "");
    return HexFormat.of().parseHex(hex.strip());
  }

  private static String deflatedByPython(byte[] bytes) throws Exception {
    return python(
            "import zlib; print(zlib.compress(bytes.fromhex(input())).hex())",
            HexFormat.of().formatHex(bytes) + "\n")
        .strip();
  }

  private static String python(String script, String input)
      throws IOException, InterruptedException {
    Process python =
        new ProcessBuilder("python3", "-X", "utf8", "-c", script)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      try (var stdin = python.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String out = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(python.waitFor(30, TimeUnit.SECONDS)).as("python3 ends").isTrue();
      return out;
    } finally {
      python.destroyForcibly();
    }
  }
}
