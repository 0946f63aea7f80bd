package io.millrace.benchmarks.flink;

import io.millrace.benchmarks.job.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.core.io.InputStatus;

/** Records at a steady rate. Each is the time when it became available, in nanoseconds. */
final class PacedSource extends NumberSequenceSource {
    private static final long serialVersionUID = 1L;

    private final long recordsPerSecond;
    private final long pauseMicros;

    /**
     * @param recordsPerSecond of all readers; 0 for as many as the engine takes
     */
    PacedSource(long records, long recordsPerSecond, long pauseMicros) {
        super(0, records - 1);
        this.recordsPerSecond = recordsPerSecond;
        this.pauseMicros = pauseMicros;
    }

    @Override
    public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext context) {
        return new Reader(
                context, (double) recordsPerSecond / context.currentParallelism(), pauseMicros);
    }

    /** Emits what has become due. Confined to its task, but for the tick. */
    private static final class Reader implements SourceReader<Long, NumberSequenceSplit> {
        private final SourceReaderContext context;
        private final double recordsPerSecond;
        private final long pauseMicros;
        // Completed by the pace's thread, replaced by the task.
        private volatile CompletableFuture<Void> available = new CompletableFuture<>();
        private Pace pace;
        private long records;
        private long emitted;
        private boolean noMoreSplits;

        Reader(SourceReaderContext context, double recordsPerSecond, long pauseMicros) {
            this.context = context;
            this.recordsPerSecond = recordsPerSecond;
            this.pauseMicros = pauseMicros;
        }

        @Override
        public void start() {
            context.sendSplitRequest();
        }

        @Override
        public void addSplits(List<NumberSequenceSplit> splits) {
            for (NumberSequenceSplit split : splits) {
                records += split.to() - split.from() + 1;
            }
            if (recordsPerSecond > 0 && pace == null) {
                pace = new Pace(recordsPerSecond, pauseMicros, () -> available.complete(null));
            }
            available.complete(null);
            context.sendSplitRequest();
        }

        @Override
        public void notifyNoMoreSplits() {
            noMoreSplits = true;
            available.complete(null);
        }

        @Override
        public InputStatus pollNext(ReaderOutput<Long> output) {
            if (emitted == records) {
                return noMoreSplits ? InputStatus.END_OF_INPUT : await(emitted);
            }
            long stamp = pace == null ? System.nanoTime() : pace.tickNanos();
            long due = pace == null ? records : Math.min(records, pace.due(stamp));
            if (due <= emitted) {
                return await(due);
            }
            output.collect(stamp + (emitted++ & 63));
            return InputStatus.MORE_AVAILABLE;
        }

        /** Nothing now, unless a tick has come since the last look. */
        private InputStatus await(long dueBefore) {
            available = new CompletableFuture<>();
            boolean more = pace != null && pace.due(pace.tickNanos()) > dueBefore;
            return more ? InputStatus.MORE_AVAILABLE : InputStatus.NOTHING_AVAILABLE;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return available;
        }

        @Override
        public List<NumberSequenceSplit> snapshotState(long checkpointId) {
            return new ArrayList<>();
        }

        @Override
        public void close() {
            if (pace != null) {
                pace.close();
            }
        }
    }
}
