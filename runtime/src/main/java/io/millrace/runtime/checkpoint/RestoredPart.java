package io.millrace.runtime.checkpoint;

/**
 * A part of an earlier subtask's state for one subtask now. Immutable.
 *
 * @param subtask whose it was
 * @param fromItem of the items that this subtask takes, for kinds that are given out item by item
 * @param toItem exclusive
 */
public record RestoredPart(StatePart part, int subtask, int fromItem, int toItem) {}
