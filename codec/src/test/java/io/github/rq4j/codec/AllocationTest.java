package io.github.rq4j.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.ThreadMXBean;
import io.github.rq4j.codec.pickle.PickleSerializer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many bytes the codec allocates for one job. Unlike its time, that does not depend on the
 * machine: it grows only if the code does more. The limits are a tenth above what was measured, on
 * JDK 17 with compressed references, which JVMs have unless the heap is huge.
 */
class AllocationTest {
  private static final int BATCHES = 20;
  private static final int OPERATIONS = 200;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final JobDataFormat format =
      new JobDataFormat(PickleSerializer.defaults(), CodecLimits.defaults());

  @ParameterizedTest
  @CsvSource({"0, 1_740, 770", "20, 10_400, 5_760"})
  void a_job_takes_no_more_memory_than_it_did(int orders, int mostDecoding, int mostEncoding) {
    assumeThat(hasCompressedReferences()).isTrue();
    JobData job = job(orders);
    byte[] stored = format.encode(job);

    assertThat(bytesOf(() -> format.decode(stored))).as("decoding").isLessThan(mostDecoding);
    assertThat(bytesOf(() -> format.encode(job))).as("encoding").isLessThan(mostEncoding);
  }

  private static boolean hasCompressedReferences() {
    HotSpotDiagnosticMXBean jvm =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    return Boolean.parseBoolean(jvm.getVMOption("UseCompressedOops").getValue());
  }

  /** The least of many batches: what else happens in the JVM only adds to it. */
  private static long bytesOf(Runnable operation) {
    long least = Long.MAX_VALUE;
    for (int batch = 0; batch < BATCHES; batch++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < OPERATIONS; i++) {
        operation.run();
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least / OPERATIONS;
  }

  private static JobData job(int orders) {
    if (orders == 0) {
      return new JobData("tasks.count_words_at_url", null, List.of("http://nvie.com"), Map.of());
    }
    List<Object> list = new ArrayList<>();
    IntStream.range(0, orders).forEach(number -> list.add(order(number)));
    Map<String, @Nullable Object> options = new LinkedHashMap<>();
    options.put("dry_run", false);
    options.put("tags", List.of("retail", "spring"));
    return new JobData("shop.tasks.import_orders", null, List.of(list), options);
  }

  private static Map<String, @Nullable Object> order(int number) {
    Map<String, @Nullable Object> order = new LinkedHashMap<>();
    order.put("id", (long) number);
    order.put("sku", "SKU-%08d-SPRING".formatted(number));
    order.put("price", number * 1.25);
    order.put("count", (long) number % 7);
    order.put("note", null);
    return order;
  }
}
