package io.github.rq4j.cli.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a settings file says of workers. As in RQ, the command line wins over it.
 *
 * @param source the file, for messages
 * @param name the worker's {@code NAME}; null if it has none
 * @param queues its {@code QUEUES}, the most important first; null if there are none
 */
public record WorkerDefaults(String source, @Nullable String name, @Nullable List<String> queues) {
  static final WorkerDefaults NONE = new WorkerDefaults("", null, null);
}
