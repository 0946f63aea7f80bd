package io.millrace.batch;

import io.millrace.api.function.Collector;
import io.millrace.api.function.FlatJoinFunction;
import io.millrace.api.graph.BoundedJoinKind;
import io.millrace.batch.join.JoinResults;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chunk.RecordChunk;

/** Emits what a join of some kind gives. Confined to its operator. */
final class JoinOutcome implements JoinResults, Collector<Object> {
    private final BoundedJoinKind kind;
    private final boolean keepsFirst;
    // Null if results are first records.
    private final FlatJoinFunction<Object, Object, Object> function;
    private final Receiver next;

    /**
     * @param keepsFirst whether the side that is kept is the first stream, or else the second
     */
    JoinOutcome(
            BoundedJoinKind kind,
            boolean keepsFirst,
            FlatJoinFunction<Object, Object, Object> function,
            Receiver next) {
        this.kind = kind;
        this.keepsFirst = keepsFirst;
        this.function = function;
        this.next = next;
    }

    @Override
    public boolean wantsPairs() {
        return kind.hasPairs();
    }

    @Override
    public boolean wantsKept() {
        return keepsFirst ? kind.tellsOfFirst() : kind.tellsOfSecond();
    }

    @Override
    public boolean wantsAsked() {
        return keepsFirst ? kind.tellsOfSecond() : kind.tellsOfFirst();
    }

    @Override
    public void pair(Object kept, Object asked) throws Exception {
        if (keepsFirst) {
            function.join(kept, asked, this);
        } else {
            function.join(asked, kept, this);
        }
    }

    @Override
    public void kept(Object record, boolean matched) throws Exception {
        end(keepsFirst, record, matched);
    }

    @Override
    public void asked(Object record, boolean matched) throws Exception {
        end(!keepsFirst, record, matched);
    }

    private void end(boolean isFirst, Object record, boolean matched) throws Exception {
        if (kind.hasPairs()) {
            if (!matched && (isFirst ? kind.tellsOfFirst() : kind.tellsOfSecond())) {
                function.join(isFirst ? record : null, isFirst ? null : record, this);
            }
        } else if (isFirst && matched == (kind == BoundedJoinKind.SEMI)) {
            collect(record);
        }
    }

    @Override
    public void collect(Object record) {
        next.push(record, RecordChunk.NO_TIMESTAMP);
    }

    @Override
    public void close() {
        // A function may call it; the collector lives as long as the operator.
    }
}
