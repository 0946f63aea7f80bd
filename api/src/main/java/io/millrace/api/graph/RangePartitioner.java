package io.millrace.api.graph;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.Partitioner;

/**
 * Deals records that know the number of their subtask; part of a {@link OperatorSpec.SortDealSpec}.
 * Immutable.
 */
public final class RangePartitioner
        implements Partitioner<RangePartitioner.Ranged>,
                KeySelector<RangePartitioner.Ranged, Object> {
    private static final long serialVersionUID = 1L;

    /** Something on its way to the subtask of a range of keys. */
    public interface Ranged {
        /** From 0. */
        int range();
    }

    /** By range. */
    public static Partitioning partitioning() {
        RangePartitioner byRange = new RangePartitioner();
        return new Partitioning.Custom(byRange, byRange);
    }

    @Override
    public Object getKey(Ranged value) {
        return value;
    }

    @Override
    public int partition(Ranged key, int numPartitions) {
        return key.range();
    }
}
