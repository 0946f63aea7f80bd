package io.millrace.batch;

import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.ProgramOptions;
import io.millrace.api.stream.BatchShuffleMode;
import io.millrace.batch.sort.ExternalSorter;
import io.millrace.batch.sort.SortOrder;
import io.millrace.batch.sort.SortSettings;
import io.millrace.batch.sort.SortedRecords;
import io.millrace.runtime.operator.OperatorContext;
import io.millrace.runtime.serde.Serializer;

/**
 * Records of one input that wait until the other one has ended, in the order in which they came.
 * Confined to its operator; close removes the files.
 */
/* Where inputs are stored, they wait there, and nothing is held. Where they flow, an input that is not read
 * may keep the other one from ending, since both can come from the same source: so all of it is taken
 * and goes to local disk as it exceeds a quarter of the memory.
 */
final class HeldRecords implements AutoCloseable {
    /** So many are given in one step of the end. */
    static final int PER_STEP = 1024;

    private static final int MEMORY_SHARE = 4;

    private final boolean mustHold;
    private final Serializer<Object> serializer;
    private final SortSettings settings;
    // Made with the first record; no order, so what it gives is what it got.
    private ExternalSorter<Object> records;
    private SortedRecords<Object> taken;

    private HeldRecords(boolean mustHold, Serializer<Object> serializer, SortSettings settings) {
        this.mustHold = mustHold;
        this.serializer = serializer;
        this.settings = settings;
    }

    static HeldRecords of(OperatorContext context, Serializer<Object> serializer) {
        boolean stored =
                context.mode() == ExecutionMode.BATCH
                        && context.config().get(ProgramOptions.BATCH_SHUFFLE_MODE)
                                != BatchShuffleMode.ALL_EXCHANGES_PIPELINED;
        BatchSettings settings = BatchSettings.from(context.config());
        return new HeldRecords(
                !stored,
                serializer,
                settings.sorting(
                        context.spillDirectory(), settings.reduceMemoryBytes() / MEMORY_SHARE));
    }

    /** Whether an input whose turn has not come is read and held, or left alone. */
    boolean mustHold() {
        return mustHold;
    }

    /** The record may be changed afterwards. */
    void add(Object record) {
        if (records == null) {
            records = new ExternalSorter<>(SortOrder.none(), serializer, settings);
        }
        records.add(record);
    }

    /** Goes to the next one; nothing is added after. Returns false if none is left. */
    boolean advance() {
        if (records == null) {
            return false;
        }
        if (taken == null) {
            taken = records.sorted();
        }
        if (!taken.advance()) {
            close();
            return false;
        }
        return true;
    }

    /** The one that {@link #advance} went to. */
    Object record() {
        return taken.record();
    }

    @Override
    public void close() {
        if (records != null) {
            records.close();
            records = null;
        }
    }
}
