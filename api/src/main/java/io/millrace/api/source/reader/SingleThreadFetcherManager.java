package io.millrace.api.source.reader;

import io.millrace.api.option.Configuration;
import io.millrace.api.source.SourceSplit;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One fetcher for all splits. Confined to the task. */
public class SingleThreadFetcherManager<E, SplitT extends SourceSplit>
        extends SplitFetcherManager<E, SplitT> {
    public SingleThreadFetcherManager(Supplier<SplitReader<E, SplitT>> splitReaderSupplier) {
        this(splitReaderSupplier, new Configuration());
    }

    public SingleThreadFetcherManager(
            Supplier<SplitReader<E, SplitT>> splitReaderSupplier, Configuration configuration) {
        super(splitReaderSupplier, configuration);
    }

    /**
     * @param splitFinishedHook told by the fetcher's thread of splits that have ended or been
     *     removed
     */
    public SingleThreadFetcherManager(
            Supplier<SplitReader<E, SplitT>> splitReaderSupplier,
            Configuration configuration,
            Consumer<Collection<String>> splitFinishedHook) {
        super(splitReaderSupplier, configuration, splitFinishedHook);
    }

    @Override
    public void addSplits(List<SplitT> splitsToAdd) {
        SplitFetcher<E, SplitT> running = getRunningFetcher();
        if (running != null) {
            running.addSplits(splitsToAdd);
            return;
        }
        SplitFetcher<E, SplitT> fetcher = createSplitFetcher();
        fetcher.addSplits(splitsToAdd);
        startFetcher(fetcher);
    }

    @Override
    public void removeSplits(List<SplitT> splitsToRemove) {
        SplitFetcher<E, SplitT> running = getRunningFetcher();
        if (running != null) {
            running.removeSplits(splitsToRemove);
        }
    }

    /** Null if there is none. */
    protected SplitFetcher<E, SplitT> getRunningFetcher() {
        return fetchers.isEmpty() ? null : fetchers.values().iterator().next();
    }
}
