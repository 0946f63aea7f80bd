package io.millrace.batch;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.batch.sort.ExternalSorter;
import io.millrace.batch.sort.SortKeys;
import io.millrace.batch.sort.SortOrder;
import io.millrace.batch.sort.SortedRecords;
import io.millrace.runtime.chain.Receiver;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.serde.Serializer;

/** Sorts the records of its range of keys, or all of them if there is one subtask. */
final class GlobalSortOperator extends BlockingOperator {
    private static final int EMITTED_PER_STEP = 1024;

    private final OperatorContext context;
    private final Receiver next;
    private final ExternalSorter<Object> sorter;
    private SortedRecords<Object> sorted;
    // By which records were dealt; null before the first one who has dealt them says it.
    private DealtEnd dealtBy;

    @SuppressWarnings("unchecked")
    GlobalSortOperator(OperatorSpec.GlobalSortSpec spec, OperatorContext context, Receiver next) {
        super(context.name(), next);
        this.context = context;
        this.next = next;
        Serializer<Object> incoming = context.inputSerializer();
        BatchSettings settings = BatchSettings.from(context.config());
        this.sorter =
                new ExternalSorter<>(
                        SortOrder.by(
                                (KeySelector<Object, Object>) spec.keySelector(),
                                SortKeys.of(
                                        spec.keyType(), spec.ascending(), context.userLoader())),
                        incoming instanceof DealtSerializer dealt ? dealt.records() : incoming,
                        settings.sorting(context.spillDirectory(), settings.reduceMemoryBytes()));
    }

    @Override
    public void push(Object record, long timestampMs) {
        try {
            if (record instanceof DealtRecord dealt) {
                take(dealt.record());
            } else {
                take(record);
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    private void take(Object record) {
        if (record instanceof DealtEnd end) {
            compare(end);
        } else {
            sorter.add(record);
        }
    }

    private void compare(DealtEnd end) {
        if (dealtBy != null && !dealtBy.equals(end)) {
            throw new MillraceException(
                    ErrorCode.EXCHANGE_FAILED,
                    "'"
                            + context.name()
                            + "' got records that were dealt by two different divisions of the"
                            + " keys, since the sample was lost and drawn again from records in"
                            + " another order. Run the job again.");
        }
        dealtBy = end;
    }

    @Override
    public boolean finish() {
        if (sorted == null) {
            sorted = sorter.sorted();
        }
        for (int i = 0; i < EMITTED_PER_STEP; i++) {
            if (!sorted.advance()) {
                passTime();
                return true;
            }
            next.push(sorted.record(), RecordChunk.NO_TIMESTAMP);
        }
        return false;
    }

    @Override
    public void release() {
        sorter.close();
    }
}
