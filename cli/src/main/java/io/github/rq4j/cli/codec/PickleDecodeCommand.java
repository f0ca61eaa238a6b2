package io.github.rq4j.cli.codec;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.UnsupportedValueException;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.codec.python.PythonRepr;
import io.github.rq4j.codec.vectors.TaggedJson;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rq4j pickle decode}: shows what a pickle holds. */
@Command(
    name = "decode",
    description = {
      "Shows what a pickle holds, whichever protocol it has.",
      "Classes and functions that it names are shown by name; nothing is loaded or called."
    },
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Examples:",
      "  redis-cli --raw hget rq:job:ID data | rq4j pickle decode --to python",
      "  rq4j pickle decode --data gASVBgAAAAAAAACMAmhplC4=",
      "",
      "Exit codes: 0 done; 1 the input cannot be read, or not shown in that form; 2 called wrongly."
    })
final class PickleDecodeCommand implements Callable<Integer> {
  private static final Set<String> FORMS = Set.of("tagged", "python", "json");

  private final Console console;
  private final InputStream in;

  @Mixin final PickleInput input = new PickleInput();

  @Option(
      names = "--from",
      paramLabel = "FORM",
      description =
          "raw, zlib, hex or base64; the last two also of a zlib stream. Default: auto, what the"
              + " input looks like.")
  private String from = "auto";

  @Option(
      names = "--to",
      paramLabel = "FORM",
      description =
          "tagged: JSON that keeps every type, and that encode reads; python: as Python prints it,"
              + " instances of classes by the name of their class alone; json: plain JSON, for what"
              + " JSON has. Default: tagged.")
  private String to = "tagged";

  @Mixin final HelpOption help = new HelpOption();

  PickleDecodeCommand(Console console, InputStream in) {
    this.console = console;
    this.in = in;
  }

  @Override
  public Integer call() {
    PickleForm form = PickleForm.ofName("--from", from);
    if (!FORMS.contains(to)) {
      throw CommandFailure.misuse("--to must be tagged, python or json, not '" + to + "'");
    }
    byte[] pickle = form.pickle(input.read(in));
    try {
      console.out().println(text(PickleSerializer.defaults().deserialize(pickle)));
    } catch (UnsupportedValueException e) {
      String hint = to.equals("json") ? " (--to tagged and --to python show every value)" : "";
      throw CommandFailure.failure(e.getMessage() + hint, e);
    } catch (CodecException e) {
      throw CommandFailure.failure(String.valueOf(e.getMessage()), e);
    }
    return ExitCode.OK;
  }

  private String text(@Nullable Object value) {
    return switch (to) {
      case "python" -> PythonRepr.of(value, Integer.MAX_VALUE);
      case "json" ->
          new String(JsonSerializer.defaults().serialize(value), StandardCharsets.US_ASCII);
      default -> TaggedJson.write(value);
    };
  }
}
