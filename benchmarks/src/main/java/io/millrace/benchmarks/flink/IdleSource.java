package io.millrace.benchmarks.flink;

import io.millrace.benchmarks.job.IdleProbe;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.core.io.InputStatus;

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
