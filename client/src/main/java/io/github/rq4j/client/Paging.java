package io.github.rq4j.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Pages and chunks: how much is asked of Redis at once. */
final class Paging {
  private Paging() {}

  static void check(long offset, int limit) {
    if (offset < 0 || limit < 0) {
      throw new IllegalArgumentException(
          "offset and limit must not be negative: " + offset + ", " + limit);
    }
  }

  static <T> List<List<T>> chunks(Collection<T> all, int size) {
    List<T> list = List.copyOf(all);
    List<List<T>> chunks = new ArrayList<>();
    for (int start = 0; start < list.size(); start += size) {
      chunks.add(list.subList(start, Math.min(start + size, list.size())));
    }
    return chunks;
  }
}
