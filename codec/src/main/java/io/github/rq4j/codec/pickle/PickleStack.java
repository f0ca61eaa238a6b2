package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.CodecLimits;
import io.github.rq4j.codec.MalformedPayloadException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values and marks of a pickle machine. Marks are kept apart from values; what lies below the
 * topmost mark is out of reach until the mark is dropped.
 */
final class PickleStack {
  @Nullable Object[] values;
  int top;

  /** The height of the topmost mark, zero if there is none. */
  int fence;

  /** How many more values may be put here. */
  int left;

  private int[] marks = new int[8];
  private int markCount;

  private final int maxMarks;
  private final PickleInput input;
  private final CodecLimits limits;

  PickleStack(int capacity, PickleInput input, CodecLimits limits) {
    values = new Object[capacity];
    left = limits.maxObjects();
    maxMarks = limits.maxOpenMarks();
    this.input = input;
    this.limits = limits;
  }

  void push(@Nullable Object value) {
    if (top == values.length) {
      grow();
    }
    count(1);
    values[top++] = value;
  }

  @Nullable Object[] grow() {
    values = Arrays.copyOf(values, values.length + (values.length >> 1) + 16);
    return values;
  }

  /** Counts values, or work as great as that of so many. */
  void count(int objects) {
    left -= objects;
    if (left < 0) {
      throw tooManyObjects();
    }
  }

  MalformedPayloadException tooManyObjects() {
    return input.exceeded("maxObjects", limits.maxObjects());
  }

  /** Fails unless there are some values above the topmost mark. */
  void require(int count) {
    if (top - count < fence) {
      throw underflow();
    }
  }

  MalformedPayloadException underflow() {
    return input.malformed("the stack has too few values above the topmost mark");
  }

  @Nullable Object peek() {
    require(1);
    return values[top - 1];
  }

  void mark(int height) {
    if (markCount == maxMarks) {
      throw input.exceeded("maxOpenMarks", maxMarks);
    }
    if (markCount == marks.length) {
      marks = Arrays.copyOf(marks, markCount * 2);
    }
    marks[markCount++] = height;
    fence = height;
  }

  boolean isTopMarked() {
    return markCount > 0 && marks[markCount - 1] == top;
  }

  /** Drops the topmost mark and returns its height. */
  int popMark() {
    if (markCount == 0) {
      throw input.malformed("there is no mark on the stack");
    }
    int height = marks[--markCount];
    fence = markCount == 0 ? 0 : marks[markCount - 1];
    return height;
  }
}
