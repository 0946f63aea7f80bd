package io.millrace.runtime.operator;

import io.millrace.api.source.ChunkedReader;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceSplit;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.serde.JavaSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Drives a source's reader in bounded steps and gives it splits and events. Confined to the task.
 */
public final class SourceFeed {
    private final Source<Object, ?, ?> source;
    private final OperatorContext context;
    private final ReaderOutput<Object> output;
    private SourceReader<Object, SourceSplit> reader;
    private ChunkedReader<Object> chunkedReader;

    SourceFeed(Source<Object, ?, ?> source, OperatorContext context, ReaderOutput<Object> output) {
        this.source = source;
        this.context = context;
        this.output = output;
    }

    @SuppressWarnings("unchecked")
    void open() throws Exception {
        reader = (SourceReader<Object, SourceSplit>) source.createReader(context.readerContext());
        chunkedReader = reader instanceof ChunkedReader<?> c ? (ChunkedReader<Object>) c : null;
    }

    /**
     * Lets the reader ask for splits; once, after the coordinator was told that the task runs: it
     * hears only running tasks.
     */
    public void start() {
        try {
            reader.start();
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    /** Reads at most {@code maxRecords} records, fewer if there are no more now. */
    public InputStatus read(int maxRecords) {
        try {
            if (chunkedReader != null) {
                return chunkedReader.read(output, maxRecords);
            }
            InputStatus status = InputStatus.MORE_AVAILABLE;
            for (int i = 0; i < maxRecords && status == InputStatus.MORE_AVAILABLE; i++) {
                status = reader.pollNext(output);
            }
            return status;
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    /** Completes, on any thread, when reading makes sense again. */
    public CompletableFuture<Void> available() {
        return reader.isAvailable();
    }

    /** Splits from the enumerator, as its split serializer wrote them. */
    @SuppressWarnings("unchecked")
    public void addSplits(int version, List<byte[]> splits, boolean noMoreSplits) {
        try {
            if (!splits.isEmpty()) {
                SimpleVersionedSerializer<SourceSplit> serializer =
                        (SimpleVersionedSerializer<SourceSplit>) source.getSplitSerializer();
                List<SourceSplit> read = new ArrayList<>(splits.size());
                for (byte[] split : splits) {
                    read.add(serializer.deserialize(version, split));
                }
                reader.addSplits(read);
            }
            if (noMoreSplits) {
                reader.notifyNoMoreSplits();
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    /** An enumerator's own event, by Java serialization. */
    public void onEvent(byte[] event) {
        try {
            reader.handleSourceEvents(
                    JavaSerialization.read(event, context.scope().userLoader(), SourceEvent.class));
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    void close() throws Exception {
        if (reader != null) {
            reader.close();
        }
    }
}
