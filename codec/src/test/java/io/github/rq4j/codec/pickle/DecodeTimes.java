package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.CodecLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;

/**
 * Measures how long reading job tuples takes here and in the CPython on the path, the two taking
 * turns on the same machine. A quick look while working, run by hand; not a benchmark.
 */
final class DecodeTimes {
  private static final String SCRIPT =
      """
      import base64, gc, pickle, sys, time
      def order(n):
          return {'id': n, 'sku': 'SKU-%06d' % n, 'price': n * 1.25, 'count': n % 7, 'note': None}
      jobs = {
          'small': ('tasks.count_words_at_url', None, ('http://nvie.com',), {}),
          'medium': ('shop.tasks.import_orders', None, ([order(n) for n in range(14)],),
                     {'dry_run': False, 'tags': ['a', 'b', 'c']}),
          'large': ('shop.tasks.import_orders', None, ([order(n) for n in range(20000)],), {}),
      }
      data = {k: pickle.dumps(v, 5) for k, v in jobs.items()}
      for line in sys.stdin:
          what, name = line.split()
          d = data[name]
          if what == 'payload':
              print(base64.b64encode(d).decode(), flush=True)
          else:
              (gc.enable if what == 'gc' else gc.disable)()
              loads = pickle.loads
              end = time.perf_counter() + 1.0
              batch = max(1, 200000 // len(d))
              best = 1e9
              while time.perf_counter() < end:
                  t = time.perf_counter()
                  for _ in range(batch):
                      loads(d)
                  best = min(best, (time.perf_counter() - t) / batch)
              print(best * 1e6, flush=True)
      """;

  private DecodeTimes() {}

  /** Prints microseconds per call, best of all batches of a turn. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Process python =
        new ProcessBuilder("python3", "-c", SCRIPT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader answers =
            new BufferedReader(
                new InputStreamReader(python.getInputStream(), StandardCharsets.US_ASCII));
        PrintStream commands =
            new PrintStream(python.getOutputStream(), true, StandardCharsets.US_ASCII)) {
      for (String name : new String[] {"small", "medium", "large"}) {
        byte[] pickle = Base64.getDecoder().decode(ask(commands, answers, "payload " + name));
        for (int turn = 0; turn < 4; turn++) {
          double java = microseconds(pickle);
          double withGc = Double.parseDouble(ask(commands, answers, "gc " + name));
          double withoutGc = Double.parseDouble(ask(commands, answers, "nogc " + name));
          System.out.printf(
              Locale.ROOT,
              "%-7s %8d bytes   java %9.3f   cpython %9.3f   without its collector %9.3f   %.2f%n",
              name,
              pickle.length,
              java,
              withGc,
              withoutGc,
              java / withoutGc);
        }
      }
    }
    python.waitFor();
  }

  private static String ask(PrintStream commands, BufferedReader answers, String command)
      throws IOException {
    commands.println(command);
    return Objects.requireNonNull(answers.readLine(), "python3 ended");
  }

  private static double microseconds(byte[] pickle) {
    CodecLimits limits = CodecLimits.defaults();
    int batch = Math.max(1, 200_000 / pickle.length);
    double best = Double.MAX_VALUE;
    long end = System.nanoTime() + 2_000_000_000L;
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      for (int i = 0; i < batch; i++) {
        Objects.requireNonNull(
            new PickleReader(pickle, limits, Python2Strings.UTF8_OR_BYTES).read());
      }
      best = Math.min(best, (System.nanoTime() - start) / 1000.0 / batch);
    }
    return best;
  }
}
