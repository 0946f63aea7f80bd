package io.millrace.batch;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.tuple.Tuple2;
import io.millrace.batch.sort.KeyNormalizer;
import io.millrace.batch.sort.SortKeys;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes sampled keys with the numbers of records that they stand for, and emits the keys at which
 * the second range and those behind begin, in order. Runs in one subtask.
 */
/* Ranges are filled one after the other, each up to its share of what is left for those that are left. So
 * a key that fills several shares has a range for itself, and others share what remains evenly. All
 * records of a key are in one range: where one key has most records, one subtask has most work.
 */
final class SortRangesOperator extends Operator {
    private final KeyNormalizer<Object> keys;
    private final int ranges;
    private final OperatorContext context;
    private final Receiver next;
    private final List<Tuple2<Double, Object>> sample = new ArrayList<>();

    SortRangesOperator(OperatorSpec.SortRangesSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.keys = SortKeys.of(spec.keyType(), spec.ascending(), context.userLoader());
        this.ranges = spec.ranges();
        this.context = context;
        this.next = next;
    }

    @Override
    @SuppressWarnings("unchecked") // what the sample emits
    public void push(Object record, long timestampMs) {
        sample.add((Tuple2<Double, Object>) record);
    }

    @Override
    public void snapshot(SnapshotTurn turn) {
        throw NoSnapshot.of(context.name());
    }

    @Override
    public boolean finish() {
        List<Object> beginnings;
        try {
            sample.sort(new SampleOrder(keys));
            beginnings = beginnings();
        } catch (Throwable e) { // from a compareTo of the program's
            throw UserCodeException.of(context.name(), e);
        }
        for (Object key : beginnings) {
            next.push(key, RecordChunk.NO_TIMESTAMP);
        }
        return true;
    }

    private List<Object> beginnings() {
        List<Object> beginnings = new ArrayList<>();
        double left = 0;
        for (Tuple2<Double, Object> one : sample) {
            left += one.f0;
        }
        double filled = 0;
        int at = 0;
        while (at < sample.size() && beginnings.size() < ranges - 1) {
            Object key = sample.get(at).f1;
            double weight = 0;
            for (; at < sample.size() && keys.compare(sample.get(at).f1, key) == 0; at++) {
                weight += sample.get(at).f0;
            }
            double share = left / (ranges - beginnings.size());
            if (filled > 0 && filled + weight / 2 >= share) {
                beginnings.add(key);
                left -= filled;
                filled = 0;
            }
            filled += weight;
        }
        return beginnings;
    }
}
