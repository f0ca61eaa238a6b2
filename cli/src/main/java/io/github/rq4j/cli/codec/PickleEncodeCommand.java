package io.github.rq4j.cli.codec;

import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.cli.console.Console;
import io.github.rq4j.cli.console.HelpOption;
import io.github.rq4j.codec.CodecException;
import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.codec.vectors.TaggedJson;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rq4j pickle encode}: pickles what JSON describes. */
@Command(
    name = "encode",
    description = "Pickles a value that JSON describes, byte for byte as CPython does.",
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Example:",
      "  rq4j pickle encode --data '[\"tasks.add\", null, [1, 2], {}]' --zlib --to hex",
      "",
      "Exit codes: 0 done; 1 the input cannot be read or not be pickled; 2 called wrongly."
    })
final class PickleEncodeCommand implements Callable<Integer> {
  private static final Set<String> FORMS = Set.of("auto", "tagged", "json");

  private final Console console;
  private final InputStream in;

  @Mixin final PickleInput input = new PickleInput();

  @Option(
      names = "--from",
      paramLabel = "FORM",
      description =
          "tagged: the JSON that decode writes; json: plain JSON. Default: auto, tagged for an"
              + " object that has text as its member t.")
  private String from = "auto";

  @Option(
      names = "--protocol",
      paramLabel = "N",
      description = "0 to 5. Default: 5, for Python 3.8 and later.")
  private int protocol = PickleSerializer.DEFAULT_PROTOCOL;

  @Option(names = "--zlib", description = "Deflates the pickle, as RQ does with jobs.")
  private boolean zlib;

  @Option(names = "--to", paramLabel = "FORM", description = "raw, hex or base64. Default: raw.")
  private String to = "raw";

  @Option(
      names = "--allow-globals",
      description =
          "Writes names of any class and function. Whoever loads the pickle calls what it names, so"
              + " without this only those of Python's own plain data pass.")
  private boolean allowGlobals;

  @Mixin final HelpOption help = new HelpOption();

  PickleEncodeCommand(Console console, InputStream in) {
    this.console = console;
    this.in = in;
  }

  @Override
  public Integer call() {
    if (!FORMS.contains(from)) {
      throw CommandFailure.misuse("--from must be auto, tagged or json, not '" + from + "'");
    }
    PickleForm form = outputForm();
    PickleSerializer serializer = serializer();
    byte[] json = input.read(in);
    byte[] pickle;
    try {
      pickle = serializer.serialize(value(json));
    } catch (CodecException e) {
      boolean isName =
          !allowGlobals && String.valueOf(e.getMessage()).contains("may not be written");
      throw CommandFailure.failure(e.getMessage() + (isName ? " (here: --allow-globals)" : ""), e);
    }
    byte[] output = form.output(zlib ? PickleForm.deflate(pickle) : pickle);
    console.out().write(output, 0, output.length);
    console.out().flush();
    return ExitCode.OK;
  }

  private PickleForm outputForm() {
    return switch (to) {
      case "raw" -> PickleForm.RAW;
      case "hex" -> PickleForm.HEX;
      case "base64" -> PickleForm.BASE64;
      default -> throw CommandFailure.misuse("--to must be raw, hex or base64, not '" + to + "'");
    };
  }

  private PickleSerializer serializer() {
    try {
      return PickleSerializer.builder()
          .protocol(protocol)
          .allowGlobals(global -> allowGlobals)
          .build();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.misuse("--protocol: " + e.getMessage(), e);
    }
  }

  private @Nullable Object value(byte[] json) {
    if (from.equals("tagged")) {
      return tagged(json);
    }
    Object plain = JsonSerializer.defaults().deserialize(json);
    boolean isTagged =
        from.equals("auto")
            && plain instanceof Map<?, ?> members
            && members.get("t") instanceof String;
    return isTagged ? tagged(json) : plain;
  }

  private static @Nullable Object tagged(byte[] json) {
    return TaggedJson.read(new String(json, StandardCharsets.UTF_8));
  }
}
