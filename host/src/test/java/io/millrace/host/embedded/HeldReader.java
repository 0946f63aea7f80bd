package io.millrace.host.embedded;

import io.millrace.api.source.InputStatus;
import io.millrace.api.source.IteratorSourceReader;
import io.millrace.api.source.NumberSequenceIterator;
import io.millrace.api.source.NumberSequenceSource;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceReaderContext;
import java.util.concurrent.CompletableFuture;

/** A reader of numbers that reads from when it is released. */
class HeldReader
        extends IteratorSourceReader<
                Long, NumberSequenceIterator, NumberSequenceSource.NumberSequenceSplit> {
    private final CompletableFuture<Void> released;

    HeldReader(SourceReaderContext context, CompletableFuture<Void> released) {
        super(context);
        this.released = released;
    }

    final CompletableFuture<Void> released() {
        return released;
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Long> records) {
        return released.isDone() ? super.pollNext(records) : InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return released.isDone() ? super.isAvailable() : released;
    }
}
