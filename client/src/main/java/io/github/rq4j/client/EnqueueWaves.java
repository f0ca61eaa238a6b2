package io.github.rq4j.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Orders the jobs of a batch into waves: the first waits for none of the batch, each further one
 * only for jobs of waves before it. Within a wave the given order stays. For one use by one thread.
 */
final class EnqueueWaves {
  private final int count;
  private final Map<Integer, List<Integer>> children = new HashMap<>();
  private final int[] openParents;

  EnqueueWaves(List<NewJob> jobs, Map<String, Integer> places) {
    this.count = jobs.size();
    this.openParents = new int[count];
    for (int child = 0; child < count; child++) {
      for (String parent : jobs.get(child).options().dependencyIds()) {
        Integer place = places.get(parent);
        if (place != null) {
          children.computeIfAbsent(place, none -> new ArrayList<>()).add(child);
          openParents[child]++;
        }
      }
    }
  }

  /**
   * The waves, as places in the list of jobs.
   *
   * @throws IllegalArgumentException if jobs wait for each other in a circle
   */
  List<List<Integer>> inOrder() {
    List<List<Integer>> waves = new ArrayList<>();
    List<Integer> wave = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (openParents[i] == 0) {
        wave.add(i);
      }
    }
    while (!wave.isEmpty()) {
      waves.add(wave);
      List<Integer> next = new ArrayList<>();
      for (int parent : wave) {
        for (int child : children.getOrDefault(parent, List.of())) {
          if (--openParents[child] == 0) {
            next.add(child);
          }
        }
      }
      next.sort(null);
      wave = next;
    }
    if (Arrays.stream(openParents).anyMatch(open -> open > 0)) {
      throw new IllegalArgumentException("jobs of one enqueueMany wait for each other in a circle");
    }
    return waves;
  }
}
