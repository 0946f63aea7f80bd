package io.millrace.runtime.operator;

import io.millrace.api.function.KeySelector;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.RunningFold;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.TableSpec;
import io.millrace.runtime.state.ValueTable;

/**
 * Folds the records of each key and emits the fold after each record. What is kept is a record, or
 * the state of a {@link RunningFold}.
 */
final class KeyedReduceOperator extends Operator {
    private static final String STATE = "reduce";

    private final KeySelector<Object, Object> keySelector;
    private final ReduceFunction<Object> function;
    private final RunningFold<Object> running; // null if the function is none
    private final OperatorContext context;
    private final Receiver next;
    private final KeyedScope keys;
    // The fold is kept here and goes on: what may change is copied. Null if it cannot change.
    private final Serializer<Object> copier;
    private ValueTable table; // null until it is open

    @SuppressWarnings("unchecked")
    KeyedReduceOperator(OperatorSpec.KeyedReduceSpec spec, OperatorContext context, Receiver next) {
        super(next);
        this.keySelector = (KeySelector<Object, Object>) spec.keySelector();
        this.function = (ReduceFunction<Object>) spec.function();
        this.running = function instanceof RunningFold<?> ? (RunningFold<Object>) function : null;
        this.context = context;
        this.next = next;
        this.keys = context.keyedBy(keySelector);
        this.copier = context.copier();
    }

    @Override
    public void open() throws Exception {
        context.openState();
        Serializer<Object> records = context.outputSerializer();
        table =
                keys.backend()
                        .values(
                                new TableSpec(
                                        STATE,
                                        TableSpec.Shape.VALUE,
                                        null,
                                        null,
                                        running == null
                                                ? records
                                                : new FoldSerializer(running, records)));
        context.open(function);
    }

    @Override
    public void push(Object record, long timestampMs) {
        Object key;
        try {
            key = keySelector.getKey(record);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
        keys.setKey(key);
        fold(record, timestampMs);
    }

    @Override
    public void pushKeyed(Object record, long timestampMs, int keyHash) {
        Object key;
        try {
            key = keySelector.getKey(record);
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
        keys.setKey(key, keyHash);
        fold(record, timestampMs);
    }

    private void fold(Object record, long timestampMs) {
        Object result;
        try {
            Object before = table.get();
            if (before == null) {
                result = copied(record);
                table.put(running == null ? record : running.begin(record));
            } else if (running == null) {
                Object fold = function.reduce(before, record);
                if (fold == null) {
                    table.remove();
                } else {
                    table.put(fold);
                }
                result = copied(fold);
            } else {
                running.add(before, record);
                table.put(before);
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
        keys.expect(keyHashes, count);
    }

    @Override
    public void release() throws Exception {
        context.close(function);
    }
}
