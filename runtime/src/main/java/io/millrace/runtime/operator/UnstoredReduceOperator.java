package io.millrace.runtime.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.RunningFold;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.plan.KeyGroups;
import io.millrace.runtime.serde.Serializer;

/**
 * Folds the records of each key and emits the fold after each record, in a job that takes no
 * checkpoints: what is kept lies in one flat table that nobody freezes. {@link KeyedReduceOperator}
 * is for all others.
 */
final class UnstoredReduceOperator extends Operator {
    private final KeySelector<Object, Object> keySelector;
    private final ReduceFunction<Object> function;
    private final RunningFold<Object> running; // null if the function is none
    private final OperatorContext context;
    private final Receiver next;
    private final KeyTable table = new KeyTable();
    private int touched; // so that the compiler keeps the look
    // The fold is kept here and goes on: what may change is copied. Null if it cannot change.
    private final Serializer<Object> copier;

    @SuppressWarnings("unchecked")
    UnstoredReduceOperator(
            OperatorSpec.KeyedReduceSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.keySelector = (KeySelector<Object, Object>) spec.keySelector();
        this.function = (ReduceFunction<Object>) spec.function();
        this.running = function instanceof RunningFold<?> ? (RunningFold<Object>) function : null;
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
        Object result;
        try {
            Object key = keySelector.getKey(record);
            int slot = table.slotOf(key, keyHash);
            Object before = table.keyAt(slot) == null ? null : table.valueAt(slot);
            if (before == null) {
                result = copied(record);
                Object first = running == null ? record : running.begin(record);
                if (table.keyAt(slot) == null) {
                    table.insert(slot, key, keyHash, first);
                } else {
                    table.update(slot, first);
                }
            } else if (running == null) {
                Object fold = function.reduce(before, record);
                table.update(slot, fold);
                result = copied(fold);
            } else {
                running.add(before, record);
                Object base = running.base(before);
                result =
                        copier == null
                                ? running.result(before, base, false)
                                : running.result(before, copier.copy(base), true);
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
        next.push(result, timestampMs);
    }

    private Object copied(Object record) {
        return copier == null || record == null ? record : copier.copy(record);
    }

    @Override
    public void expect(int[] keyHashes, int count) {
        table.touch(keyHashes, count);
        if (running != null && table.isLarge()) {
            int seen = 0;
            for (int i = 0; i < count; i++) {
                Object state = table.valueNear(keyHashes[i]);
                if (state != null) {
                    seen += running.touch(state) + KeyTable.look(running.base(state));
                }
            }
            touched = seen;
        }
    }

    @Override
    public void release() throws Exception {
        context.close(function);
    }
}
