package io.github.rq4j.benchmarks;

import io.github.rq4j.codec.JobData;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Calls whose values are new each time. */
@State(Scope.Thread)
public class FreshCalls {
  /** How many are made at a time. */
  static final int COUNT = 5;

  final JobData[] calls = new JobData[COUNT];

  /** Starts without calls. */
  public FreshCalls() {
    Arrays.fill(calls, new JobData("", null, List.of(), Map.of()));
  }

  /** Makes the calls; what that takes is not measured. */
  @Setup(Level.Invocation)
  public void make(JobPayload payload) {
    Arrays.setAll(calls, i -> JobPayload.asOfProducer(payload.call));
  }
}
