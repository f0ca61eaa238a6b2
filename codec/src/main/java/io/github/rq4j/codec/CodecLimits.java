package io.github.rq4j.codec;

/**
 * How much work and memory a payload may cause. Payloads come from whoever can write to Redis, and
 * a few bytes can claim gigabytes; what exceeds a limit fails with a {@link
 * MalformedPayloadException} that names it. Immutable and safe for use by many threads.
 *
 * <p>The defaults let through everything that RQ is sensibly used for. {@link #defaults()} lowers
 * those that cost memory where the heap is small.
 */
public final class CodecLimits {
  /** Up to this many inflated bytes the inflate ratio is not looked at: {@value}. */
  public static final int INFLATE_RATIO_GRACE_BYTES = 16 * 1024 * 1024;

  /** The default of {@link #maxStoredBytes()}: {@value}. */
  public static final int DEFAULT_MAX_STORED_BYTES = 64 * 1024 * 1024;

  /** The default of {@link #maxInflatedBytes()}: {@value}. */
  public static final int DEFAULT_MAX_INFLATED_BYTES = 256 * 1024 * 1024;

  /** The default of {@link #maxInflateRatio()}: {@value}. */
  public static final int DEFAULT_MAX_INFLATE_RATIO = 250;

  /** The default of {@link #maxDepth()}: {@value}. */
  public static final int DEFAULT_MAX_DEPTH = 10_000;

  /** The default of {@link #maxMemoEntries()}: {@value}. */
  public static final int DEFAULT_MAX_MEMO_ENTRIES = 10_000_000;

  /** The default of {@link #maxObjects()}: {@value}. */
  public static final int DEFAULT_MAX_OBJECTS = 10_000_000;

  /** The default of {@link #maxTextBytes()}: {@value}. */
  public static final int DEFAULT_MAX_TEXT_BYTES = 256 * 1024 * 1024;

  /** The default of {@link #maxIntDigits()}: {@value}. */
  public static final int DEFAULT_MAX_INT_DIGITS = 4_300;

  /** The default of {@link #maxIntBytes()}: {@value}. */
  public static final int DEFAULT_MAX_INT_BYTES = 65_536;

  /** The default of {@link #maxOpenMarks()}: {@value}. */
  public static final int DEFAULT_MAX_OPEN_MARKS = 100_000;

  /** An object with its place in a container takes up to half as many bytes of heap. */
  private static final int HEAP_BYTES_PER_OBJECT = 128;

  /** A payload may take this part of the heap. */
  private static final int HEAP_PART_OF_PAYLOAD = 8;

  private static final CodecLimits DEFAULTS = forHeap(Runtime.getRuntime().maxMemory());

  private final int maxStoredBytes;
  private final int maxInflatedBytes;
  private final int maxInflateRatio;
  private final int maxDepth;
  private final int maxMemoEntries;
  private final int maxObjects;
  private final int maxTextBytes;
  private final int maxIntDigits;
  private final int maxIntBytes;
  private final int maxOpenMarks;

  private CodecLimits(Builder builder) {
    maxStoredBytes = builder.maxStoredBytes;
    maxInflatedBytes = builder.maxInflatedBytes;
    maxInflateRatio = builder.maxInflateRatio;
    maxDepth = builder.maxDepth;
    maxMemoEntries = builder.maxMemoEntries;
    maxObjects = builder.maxObjects;
    maxTextBytes = builder.maxTextBytes;
    maxIntDigits = builder.maxIntDigits;
    maxIntBytes = builder.maxIntBytes;
    maxOpenMarks = builder.maxOpenMarks;
  }

  /**
   * The defaults: the constants of this class, but on a small heap no more than one object for each
   * 128 bytes of it and payloads of no more than an eighth of it.
   */
  public static CodecLimits defaults() {
    return DEFAULTS;
  }

  static CodecLimits forHeap(long heapBytes) {
    int payload = lower(DEFAULT_MAX_INFLATED_BYTES, heapBytes / HEAP_PART_OF_PAYLOAD);
    int objects = lower(DEFAULT_MAX_OBJECTS, heapBytes / HEAP_BYTES_PER_OBJECT);
    return builder()
        .maxStoredBytes(Math.min(DEFAULT_MAX_STORED_BYTES, payload))
        .maxInflatedBytes(payload)
        .maxTextBytes(payload)
        .maxObjects(objects)
        .maxMemoEntries(objects)
        .build();
  }

  private static int lower(int limit, long bound) {
    return (int) Math.max(1, Math.min(limit, bound));
  }

  /** A builder that starts from the constants of this class, whatever the heap. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts from these limits. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.maxStoredBytes = maxStoredBytes;
    builder.maxInflatedBytes = maxInflatedBytes;
    builder.maxInflateRatio = maxInflateRatio;
    builder.maxDepth = maxDepth;
    builder.maxMemoEntries = maxMemoEntries;
    builder.maxObjects = maxObjects;
    builder.maxTextBytes = maxTextBytes;
    builder.maxIntDigits = maxIntDigits;
    builder.maxIntBytes = maxIntBytes;
    builder.maxOpenMarks = maxOpenMarks;
    return builder;
  }

  /**
   * The failure of a payload that exceeds a limit.
   *
   * @param limit the name of the limit, as that of its accessor here
   * @param value the limit
   * @param where what exceeds it and where
   */
  public static MalformedPayloadException exceeded(String limit, long value, String where) {
    return new MalformedPayloadException(
        where + " exceeds the limit " + limit + " of " + value + " (CodecLimits." + limit + ")");
  }

  /** The greatest number of bytes of a payload as it lies in Redis, compressed or not. */
  public int maxStoredBytes() {
    return maxStoredBytes;
  }

  /** The greatest number of bytes of a payload after decompression. */
  public int maxInflatedBytes() {
    return maxInflatedBytes;
  }

  /**
   * How many times larger a payload may get by decompression; looked at only once more than {@value
   * #INFLATE_RATIO_GRACE_BYTES} bytes have come out.
   */
  public int maxInflateRatio() {
    return maxInflateRatio;
  }

  /**
   * How deep containers may be nested in what is written, bound to Java types, or read as JSON. A
   * pickle is read at any depth, since reading it takes no call stack.
   */
  public int maxDepth() {
    return maxDepth;
  }

  /** The greatest number of entries of a pickle's memo. */
  public int maxMemoEntries() {
    return maxMemoEntries;
  }

  /**
   * The greatest number of values that a payload may put together, each reference to one counted
   * again.
   */
  public int maxObjects() {
    return maxObjects;
  }

  /**
   * The greatest number of bytes of one str, bytes or bytearray as it is encoded, and of one line
   * of a text opcode.
   */
  public int maxTextBytes() {
    return maxTextBytes;
  }

  /**
   * The greatest number of digits of a number written as text; the same as Python's own limit,
   * since reading them takes quadratic time.
   */
  public int maxIntDigits() {
    return maxIntDigits;
  }

  /** The greatest number of bytes of an integer in binary. */
  public int maxIntBytes() {
    return maxIntBytes;
  }

  /**
   * The greatest number of marks of a pickle open at the same time, that is containers begun and
   * not finished.
   */
  public int maxOpenMarks() {
    return maxOpenMarks;
  }

  /** Collects limits. All are positive. */
  public static final class Builder {
    private int maxStoredBytes = DEFAULT_MAX_STORED_BYTES;
    private int maxInflatedBytes = DEFAULT_MAX_INFLATED_BYTES;
    private int maxInflateRatio = DEFAULT_MAX_INFLATE_RATIO;
    private int maxDepth = DEFAULT_MAX_DEPTH;
    private int maxMemoEntries = DEFAULT_MAX_MEMO_ENTRIES;
    private int maxObjects = DEFAULT_MAX_OBJECTS;
    private int maxTextBytes = DEFAULT_MAX_TEXT_BYTES;
    private int maxIntDigits = DEFAULT_MAX_INT_DIGITS;
    private int maxIntBytes = DEFAULT_MAX_INT_BYTES;
    private int maxOpenMarks = DEFAULT_MAX_OPEN_MARKS;

    private Builder() {}

    /**
     * Sets {@link CodecLimits#maxStoredBytes()}.
     *
     * @throws IllegalArgumentException if the limit is not positive
     */
    public Builder maxStoredBytes(int limit) {
      maxStoredBytes = positive("maxStoredBytes", limit);
      return this;
    }

    /**
     * Sets {@link CodecLimits#maxInflatedBytes()}.
     *
     * @throws IllegalArgumentException if the limit is not positive
     */
    public Builder maxInflatedBytes(int limit) {
      maxInflatedBytes = positive("maxInflatedBytes", limit);
      return this;
    }

    /**
     * Sets {@link CodecLimits#maxInflateRatio()}.
     *
     * @throws IllegalArgumentException if the limit is not positive
     */
    public Builder maxInflateRatio(int limit) {
      maxInflateRatio = positive("maxInflateRatio", limit);
      return this;
    }

    /**
     * Sets {@link CodecLimits#maxDepth()}.
     *
     * @throws IllegalArgumentException if the limit is not positive
     */
    public Builder maxDepth(int limit) {
      maxDepth = positive("maxDepth", limit);
      return this;
    }

    /**
     * Sets {@link CodecLimits#maxMemoEntries()}.
     *
     * @throws IllegalArgumentException if the limit is not positive
     */
    public Builder maxMemoEntries(int limit) {
      maxMemoEntries = positive("maxMemoEntries", limit);
      return this;
    }

    /**
     * Sets {@link CodecLimits#maxObjects()}.
     *
     * @throws IllegalArgumentException if the limit is not positive
     */
    public Builder maxObjects(int limit) {
      maxObjects = positive("maxObjects", limit);
      return this;
    }

    /**
     * Sets {@link CodecLimits#maxTextBytes()}.
     *
     * @throws IllegalArgumentException if the limit is not positive
     */
    public Builder maxTextBytes(int limit) {
      maxTextBytes = positive("maxTextBytes", limit);
      return this;
    }

    /**
     * Sets {@link CodecLimits#maxIntDigits()}.
     *
     * @throws IllegalArgumentException if the limit is not positive
     */
    public Builder maxIntDigits(int limit) {
      maxIntDigits = positive("maxIntDigits", limit);
      return this;
    }

    /**
     * Sets {@link CodecLimits#maxIntBytes()}.
     *
     * @throws IllegalArgumentException if the limit is not positive
     */
    public Builder maxIntBytes(int limit) {
      maxIntBytes = positive("maxIntBytes", limit);
      return this;
    }

    /**
     * Sets {@link CodecLimits#maxOpenMarks()}.
     *
     * @throws IllegalArgumentException if the limit is not positive
     */
    public Builder maxOpenMarks(int limit) {
      maxOpenMarks = positive("maxOpenMarks", limit);
      return this;
    }

    private static int positive(String name, int limit) {
      if (limit <= 0) {
        throw new IllegalArgumentException(name + " has to be positive, not " + limit);
      }
      return limit;
    }

    /** The limits collected so far. */
    public CodecLimits build() {
      return new CodecLimits(this);
    }
  }
}
