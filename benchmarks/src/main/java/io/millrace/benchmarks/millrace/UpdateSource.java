package io.millrace.benchmarks.millrace;

import io.millrace.api.source.ChunkedReader;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.NumberSequenceSource;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.benchmarks.job.Pace;
import io.millrace.benchmarks.updates.UpdatePlan;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The records of an {@link UpdatePlan}; goes on where a checkpoint was. */
final class UpdateSource extends NumberSequenceSource {
    private static final long serialVersionUID = 1L;
    private static final long TICK_MICROS = 500;

    private final UpdatePlan plan;
    private final int readers;

    UpdateSource(UpdatePlan plan, int readers) {
        super(0, UpdatePlan.RECORDS - 1);
        this.plan = plan;
        this.readers = readers;
    }

    @Override
    public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext context) {
        return new Reader(context, plan, readers);
    }

    /** Of one range. Confined to its task, but for the tick. */
    private static final class Reader
            implements SourceReader<Long, NumberSequenceSplit>, ChunkedReader<Long> {
        private final SourceReaderContext context;
        private final UpdatePlan plan;
        private final int readers;
        // Completed by the pace's thread, replaced by the task.
        private volatile CompletableFuture<Void> available = new CompletableFuture<>();
        private NumberSequenceSplit split; // null until it comes
        private int reader;
        private long position; // in the range
        private long dueFrom; // where the pace began
        private Pace pace; // null while there is none to keep

        Reader(SourceReaderContext context, UpdatePlan plan, int readers) {
            this.context = context;
            this.plan = plan;
            this.readers = readers;
        }

        @Override
        public void start() {
            if (split == null) {
                context.sendSplitRequest();
            }
        }

        @Override
        public void addSplits(List<NumberSequenceSplit> splits) {
            split = splits.get(0);
            reader = UpdatePlan.readerOf(split.from(), readers);
            position = split.from() - UpdatePlan.begin(reader, readers);
            available.complete(null);
        }

        @Override
        public void notifyNoMoreSplits() {
            // The range does not end.
        }

        @Override
        public InputStatus pollNext(ReaderOutput<Long> output) {
            return read(output, 1);
        }

        @Override
        public InputStatus read(ReaderOutput<Long> output, int maxRecords) {
            if (split == null) {
                available = new CompletableFuture<>();
                return InputStatus.NOTHING_AVAILABLE;
            }
            long fills = plan.fillsEach(readers);
            if (position < fills || plan.recordsPerSecond() == 0) {
                long end = position + maxRecords;
                while (position < end) {
                    output.collect(plan.record(reader, readers, position++, 0));
                }
                return InputStatus.MORE_AVAILABLE;
            }
            if (pace == null) {
                dueFrom = position;
                pace =
                        new Pace(
                                (double) plan.recordsPerSecond() / readers,
                                TICK_MICROS,
                                () -> available.complete(null));
            }
            long stamp = pace.tickNanos();
            long due = dueFrom + pace.due(stamp);
            if (due <= position) {
                return await(due);
            }
            long end = Math.min(due, position + maxRecords);
            while (position < end) {
                output.collect(plan.record(reader, readers, position++, stamp));
            }
            return InputStatus.MORE_AVAILABLE;
        }

        /** Nothing now, unless a tick has come since the last look. */
        private InputStatus await(long dueBefore) {
            available = new CompletableFuture<>();
            boolean more = dueFrom + pace.due(pace.tickNanos()) > dueBefore;
            return more ? InputStatus.MORE_AVAILABLE : InputStatus.NOTHING_AVAILABLE;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return available;
        }

        @Override
        public List<NumberSequenceSplit> snapshotState(long checkpointId) {
            return split == null
                    ? List.of()
                    : List.of(
                            new NumberSequenceSplit(
                                    split.splitId(),
                                    UpdatePlan.begin(reader, readers) + position,
                                    split.to()));
        }

        @Override
        public void close() {
            if (pace != null) {
                pace.close();
            }
        }
    }
}
