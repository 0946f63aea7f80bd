package io.millrace.batch;

import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.runtime.operator.KeySort;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorCatalogue;
import io.millrace.runtime.operator.OperatorContext;
import java.util.List;

/** Notes the most that the state of an operator had at a time. Confined to the test. */
final class MostEntries implements OperatorCatalogue {
    private final BatchOperators batch = new BatchOperators();
    long seen;

    @Override
    public Class<? extends Operator> operatorFor(
            OperatorSpec.Kind kind, ExecutionMode mode, boolean stored) {
        return batch.operatorFor(kind, mode, stored);
    }

    @Override
    public KeySort keySort(OperatorContext context, List<KeySelector<Object, Object>> keys) {
        KeySort sort = batch.keySort(context, keys);
        return new KeySort() {
            @Override
            public void add(int input, Object record, long timestampMs, Object key, int keyHash) {
                sort.add(input, record, timestampMs, key, keyHash);
            }

            @Override
            public boolean advance() throws Exception {
                seen = Math.max(seen, context.stateEntries());
                return sort.advance();
            }

            @Override
            public boolean beginsKey() {
                return sort.beginsKey();
            }

            @Override
            public int keyHash() {
                return sort.keyHash();
            }

            @Override
            public int input() {
                return sort.input();
            }

            @Override
            public Object record() {
                return sort.record();
            }

            @Override
            public long timestampMs() {
                return sort.timestampMs();
            }

            @Override
            public void close() {
                sort.close();
            }
        };
    }
}
