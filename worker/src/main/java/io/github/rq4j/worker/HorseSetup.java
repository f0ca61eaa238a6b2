package io.github.rq4j.worker;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.worker.horse.FieldInput;
import io.github.rq4j.worker.horse.FieldOutput;
import io.github.rq4j.worker.horse.Frame;
import io.github.rq4j.worker.horse.FrameType;
import io.github.rq4j.worker.horse.HorseProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a horse is told of its worker's settings before its first job.
 *
 * @param grace how long an interrupted function may take to come back
 * @param threads what kind of threads run the functions
 * @param exceptionHandlers names of exception handlers, in the order in which they are called
 * @param callbackQueue where Python workers take callbacks; null for none
 * @param limits bounds for what is decoded; null for those that the horse's heap suggests
 */
record HorseSetup(
    Duration grace,
    JobThreads threads,
    List<String> exceptionHandlers,
    @Nullable String callbackQueue,
    @Nullable CodecLimits limits) {

  Frame toFrame() {
    FieldOutput fields = new FieldOutput();
    fields.add(grace.toNanos()).add(threads == JobThreads.VIRTUAL ? 1 : 0).add(callbackQueue);
    fields.add(exceptionHandlers.size());
    exceptionHandlers.forEach(fields::add);
    fields.add(limits == null ? 0 : 1);
    if (limits != null) {
      fields
          .add(limits.maxStoredBytes())
          .add(limits.maxInflatedBytes())
          .add(limits.maxInflateRatio())
          .add(limits.maxDepth())
          .add(limits.maxMemoEntries())
          .add(limits.maxObjects())
          .add(limits.maxTextBytes())
          .add(limits.maxIntDigits())
          .add(limits.maxIntBytes())
          .add(limits.maxOpenMarks());
    }
    return fields.toFrame(FrameType.SETUP);
  }

  static HorseSetup of(Frame frame) throws HorseProtocolException {
    FieldInput fields = new FieldInput(frame);
    Duration grace = Duration.ofNanos(fields.longNumber());
    JobThreads threads = fields.number() == 0 ? JobThreads.PLATFORM : JobThreads.VIRTUAL;
    String callbackQueue = fields.optionalText();
    int count = fields.count();
    List<String> handlers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      handlers.add(fields.text());
    }
    CodecLimits limits = fields.number() == 0 ? null : limits(fields);
    fields.end();
    return new HorseSetup(grace, threads, handlers, callbackQueue, limits);
  }

  private static CodecLimits limits(FieldInput fields) throws HorseProtocolException {
    try {
      return CodecLimits.builder()
          .maxStoredBytes(fields.number())
          .maxInflatedBytes(fields.number())
          .maxInflateRatio(fields.number())
          .maxDepth(fields.number())
          .maxMemoEntries(fields.number())
          .maxObjects(fields.number())
          .maxTextBytes(fields.number())
          .maxIntDigits(fields.number())
          .maxIntBytes(fields.number())
          .maxOpenMarks(fields.number())
          .build();
    } catch (IllegalArgumentException e) {
      throw fields.malformed("a limit cannot be: " + e.getMessage());
    }
  }
}
