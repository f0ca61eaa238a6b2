/**
 * Child processes of a worker and the channel to them: bytes, frames, processes and how they ended.
 * Knows nothing of jobs. For the worker's own use: applications find what they need in {@code
 * io.github.rq4j.worker.ProcessIsolation}.
 */
@NullMarked
package io.github.rq4j.worker.horse;

import org.jspecify.annotations.NullMarked;
