package io.github.rq4j.interop.examples;

// docs:begin producer
import io.github.rq4j.client.Call;
import io.github.rq4j.client.Job;
import io.github.rq4j.client.RqClient;
import java.time.Duration;

public final class Producer {
  public static void main(String[] args) {
    String url = args.length > 0 ? args[0] : "redis://localhost:6379";
    try (RqClient client = RqClient.connect(url)) {
      Job job =
          client.queue("default").enqueue(Call.of("tasks.total").args(19.5, 3).kwarg("tax", 0.2));
      Double total = job.resultAs(Double.class, Duration.ofSeconds(30));
      System.out.println("Python says " + total);
    }
  }
}
// docs:end producer
