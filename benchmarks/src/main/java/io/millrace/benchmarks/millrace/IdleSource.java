package io.millrace.benchmarks.millrace;

import io.millrace.api.source.InputStatus;
import io.millrace.api.source.NumberSequenceSource;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.benchmarks.job.IdleProbe;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Gives nothing for a time and then ends; meanwhile it looks at what the process uses. */
final class IdleSource extends NumberSequenceSource {
    private static final long serialVersionUID = 1L;

    private final long idleMs;
    private final String results;

    IdleSource(long idleMs, String results) {
        super(0, 1);
        this.idleMs = idleMs;
        this.results = results;
    }

    @Override
    public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext context) {
        CompletableFuture<Void> end =
                IdleProbe.after(idleMs, context.getIndexOfSubtask(), Path.of(results));
        return new SourceReader<>() {
            @Override
            public void start() {}

            @Override
            public InputStatus pollNext(ReaderOutput<Long> output) {
                return end.isDone() ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
            }

            @Override
            public List<NumberSequenceSplit> snapshotState(long checkpointId) {
                return List.of();
            }

            @Override
            public CompletableFuture<Void> isAvailable() {
                return end;
            }

            @Override
            public void addSplits(List<NumberSequenceSplit> splits) {}

            @Override
            public void notifyNoMoreSplits() {}

            @Override
            public void close() {}
        };
    }
}
