package io.millrace.runtime.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.Serializer;

/** Folds the records of each key and emits the fold after each record. */
final class KeyedReduceOperator extends Operator {
    private final KeySelector<Object, Object> keySelector;
    private final ReduceFunction<Object> function;
    private final OperatorContext context;
    private final Receiver next;
    private final KeyTable table = new KeyTable();
    // The fold is kept here and goes on: what may change is copied. Null if it cannot change.
    private final Serializer<Object> copier;

    @SuppressWarnings("unchecked")
    KeyedReduceOperator(OperatorSpec.KeyedReduceSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.keySelector = (KeySelector<Object, Object>) spec.keySelector();
        this.function = (ReduceFunction<Object>) spec.function();
        this.context = context;
        this.next = next;
        this.copier = context.copier();
    }

    @Override
    public void open() throws Exception {
        context.open(function);
    }

    @Override
    public void push(Object record, long timestampMs) {
        int keyHash;
        try {
            keyHash = KeyGroups.hash(keySelector.getKey(record));
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
        pushKeyed(record, timestampMs, keyHash);
    }

    @Override
    public void pushKeyed(Object record, long timestampMs, int keyHash) {
        Object fold;
        try {
            Object key = keySelector.getKey(record);
            int slot = table.slotOf(key, keyHash);
            if (table.keyAt(slot) == null) {
                fold = record;
                table.insert(slot, key, keyHash, fold);
            } else {
                fold = function.reduce(table.valueAt(slot), record);
                table.update(slot, fold);
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
        next.push(copier == null || fold == null ? fold : copier.copy(fold), timestampMs);
    }

    @Override
    public void release() throws Exception {
        context.close(function);
    }
}
