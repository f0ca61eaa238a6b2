package io.github.rq4j.interop.examples;

import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.worker.JobContext;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** What docs/job-context.md shows. */
final class JobContextSnippets {
  private JobContextSnippets() {}

  // docs:begin context-progress
  static long copy(List<String> files) {
    JobContext job = JobContext.current();
    PythonDict meta = job.meta();
    long done = 0;
    for (String file : files) {
      if (job.isCancelled()) {
        break; // the outcome is decided; what is returned now is not stored
      }
      copyOne(file);
      done++;
      meta.put("progress", done * 100 / files.size());
      job.saveMeta(meta);
    }
    return done;
  }

  // docs:end context-progress

  private static void copyOne(String file) {
    if (file.isEmpty()) {
      throw new IllegalArgumentException("a file needs a name");
    }
  }

  // docs:begin context-threads
  static void inParallel(ExecutorService pool, List<Runnable> parts) {
    JobContext job = JobContext.current();
    parts.forEach(part -> pool.execute(job.wrap(part))); // current() works inside part
  }
  // docs:end context-threads
}
