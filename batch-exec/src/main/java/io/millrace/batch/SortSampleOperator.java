package io.millrace.batch;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.tuple.Tuple2;
import io.millrace.batch.sort.SortKeys;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.checkpoint.SnapshotTurn;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.serde.Serializers;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws the keys of some of its records, each as likely as any other. At the end it emits them,
 * each with the number of records that it stands for.
 */
/* A reservoir by Li's algorithm L (ACM TOMS 20/4, 1994): how many records are passed over until the next
 * one that is drawn is drawn itself, so that a record that is not drawn costs a comparison. The same
 * records in the same order always give the same sample: a subtask that runs again tells the same.
 */
final class SortSampleOperator extends Operator {
    private static final int EMITTED_PER_STEP = 1024;
    private static final int LONGEST_TEXT = 64;

    private final KeySelector<Object, Object> keySelector;
    private final OperatorContext context;
    private final Receiver next;
    // A key may be its record's to change after the call.
    private final Serializer<Object> copier;
    private final int capacity;
    private final SplittableRandom random;
    private Object[] keys = new Object[64];
    private int drawn;
    private long records;
    private long nextRecord;
    private double weight = 1;
    private int emitted;

    @SuppressWarnings("unchecked")
    SortSampleOperator(OperatorSpec.SortSampleSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.keySelector = (KeySelector<Object, Object>) spec.keySelector();
        this.context = context;
        this.next = next;
        this.copier = Serializers.of(null, context.userLoader());
        this.capacity = spec.keys();
        this.random = new SplittableRandom(context.subtask());
    }

    @Override
    public void push(Object record, long timestampMs) {
        if (records++ == nextRecord) {
            draw(record);
        }
    }

    private void draw(Object record) {
        try {
            Object key = kept(keySelector.getKey(record));
            if (drawn < capacity) {
                if (drawn == keys.length) {
                    keys = Arrays.copyOf(keys, Math.min(capacity, 2 * drawn));
                }
                keys[drawn++] = key;
            } else {
                keys[random.nextInt(capacity)] = key;
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
        nextRecord++;
        if (drawn == capacity) {
            weight *= Math.exp(Math.log(1 - random.nextDouble()) / capacity);
            nextRecord += (long) (Math.log(1 - random.nextDouble()) / Math.log1p(-weight));
        }
    }

    /** The beginning of a long text divides as well. */
    private Object kept(Object key) {
        if (key instanceof String text && text.length() > LONGEST_TEXT) {
            return text.substring(0, LONGEST_TEXT);
        }
        return copier.copy(SortKeys.requireKey(key));
    }

    @Override
    public void snapshot(SnapshotTurn turn) {
        throw NoSnapshot.of(context.name());
    }

    @Override
    public boolean finish() {
        double each = (double) records / Math.max(1, drawn);
        int end = Math.min(drawn, emitted + EMITTED_PER_STEP);
        for (; emitted < end; emitted++) {
            next.push(Tuple2.of(each, keys[emitted]), RecordChunk.NO_TIMESTAMP);
        }
        return emitted == drawn;
    }
}
