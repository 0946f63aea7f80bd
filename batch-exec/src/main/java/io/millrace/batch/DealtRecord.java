package io.millrace.batch;

import io.millrace.api.graph.RangePartitioner.Ranged;

/**
 * A record on its way to the subtask of its range. Immutable; the record is that subtask's.
 *
 * @param record or a {@link DealtEnd}
 */
record DealtRecord(int range, Object record) implements Ranged {}
