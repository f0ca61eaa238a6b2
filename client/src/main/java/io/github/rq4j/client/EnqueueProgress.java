package io.github.rq4j.client;

/**
 * How far {@link Queue#enqueueMany} has come. Immutable.
 *
 * @param stored how many jobs are stored
 * @param notStored how many are not stored and will not be, or are in doubt
 * @param total how many there are
 */
public record EnqueueProgress(int stored, int notStored, int total) {}
