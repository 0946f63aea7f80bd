package io.millrace.batch;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.Serializers;

/**
 * Folds all records of each key and emits each key's fold once, at the end of the input. Takes
 * records, and {@link Partial}s of a combiner before. Memory is bounded however many keys there
 * are: see {@link KeyedFolds}.
 */
final class FinalReduceOperator extends Operator {
    private static final int STEPS_AT_ONCE = 2048;

    private final ReduceFunction<Object> function;
    private final PartialKey keys;
    private final OperatorContext context;
    private final Receiver next;
    private final KeyedFolds folds;

    @SuppressWarnings("unchecked")
    FinalReduceOperator(OperatorSpec.KeyedReduceSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.function = (ReduceFunction<Object>) spec.function();
        this.keys = new PartialKey((KeySelector<Object, Object>) spec.keySelector());
        this.context = context;
        this.next = next;
        PartialSerializer partials =
                context.inputSerializer() instanceof PartialSerializer known
                        ? known
                        : new PartialSerializer(
                                Serializers.of(null, context.userLoader()),
                                context.inputSerializer());
        this.folds =
                new KeyedFolds(
                        new PartitionFold.Merging(function),
                        keys,
                        new KeyedFolds.Forms(partials.keys(), partials, partials.folds()),
                        false,
                        context);
    }

    @Override
    public void open() throws Exception {
        context.open(function);
    }

    @Override
    public void push(Object record, long timestampMs) {
        try {
            Object key = keys.getKey(record);
            folds.add(record, key, KeyGroups.hash(key));
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void pushKeyed(Object record, long timestampMs, int keyHash) {
        try {
            folds.add(record, keys.getKey(record), keyHash);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public void expect(int[] keyHashes, int count) {
        folds.expect(keyHashes, count);
    }

    @Override
    public boolean finish() throws Exception {
        for (int i = 0; i < STEPS_AT_ONCE; i++) {
            KeyedFolds.Step step = folds.step();
            if (step == KeyedFolds.Step.END) {
                return true;
            }
            if (step == KeyedFolds.Step.RESULT) {
                next.push(folds.result(), RecordChunk.NO_TIMESTAMP);
            }
        }
        return false;
    }

    @Override
    public void release() throws Exception {
        try (folds) {
            context.close(function);
        }
    }
}
