import io.github.rq4j.client.Call;
import io.github.rq4j.client.EnqueueData;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RqClient;
import java.util.Collections;
import java.util.List;

/** Enqueues no-op jobs, 1,000 at once, on one thread: arguments are URL, queue and how many thousands. */
final class BulkEnqueue {
  private BulkEnqueue() {}

  public static void main(String[] arguments) {
    List<EnqueueData> thousand =
        Collections.nCopies(1_000, EnqueueData.of(Call.of("bench_tasks.noop")));
    try (RqClient client = RqClient.connect(arguments[0])) {
      Queue queue = client.queue(arguments[1]);
      for (int left = Integer.parseInt(arguments[2]); left > 0; left--) {
        if (!queue.enqueueMany(thousand).isComplete()) {
          throw new IllegalStateException("not all jobs could be enqueued");
        }
      }
    }
  }
}
