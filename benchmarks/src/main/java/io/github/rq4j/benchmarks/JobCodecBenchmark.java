package io.github.rq4j.benchmarks;

import io.github.rq4j.codec.JobData;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a worker and a producer do with the field {@code data} of a job, whole and without zlib.
 * {@code codec-vs-cpython} runs these beside the same operations of CPython.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class JobCodecBenchmark {

  /** Inflates and unpickles. */
  @Benchmark
  public JobData decode(JobPayload payload) {
    return payload.format.decode(payload.stored);
  }

  /** Pickles and deflates. */
  @Benchmark
  public byte[] encode(JobPayload payload) {
    return payload.format.encode(payload.call);
  }

  /** The same of values that were made for this call, as most are. */
  @Benchmark
  @OperationsPerInvocation(FreshCalls.COUNT)
  public void encodeFresh(JobPayload payload, FreshCalls fresh, Blackhole sink) {
    for (JobData call : fresh.calls) {
      sink.consume(payload.format.encode(call));
    }
  }

  /** Unpickles alone. */
  @Benchmark
  public @Nullable Object unpickle(JobPayload payload) {
    return payload.serializer.deserialize(payload.pickle);
  }

  /** Pickles alone. */
  @Benchmark
  public byte[] pickle(JobPayload payload) {
    return payload.serializer.serialize(payload.job);
  }

  /** What zlib alone takes of {@link #decode}. */
  @Benchmark
  public byte[] inflate(JobPayload payload) throws DataFormatException {
    payload.inflater.reset();
    payload.inflater.setInput(payload.stored);
    byte[] out = new byte[payload.pickle.length];
    payload.inflater.inflate(out);
    return out;
  }

  /** What zlib alone takes of {@link #encode}. */
  @Benchmark
  public byte[] deflate(JobPayload payload) {
    payload.deflater.reset();
    payload.deflater.setInput(payload.pickle);
    payload.deflater.finish();
    byte[] out = new byte[payload.pickle.length + 64];
    return Arrays.copyOf(out, payload.deflater.deflate(out));
  }
}
