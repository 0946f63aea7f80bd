package io.millrace.api.source.reader;

import io.millrace.api.option.Configuration;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.source.ratelimit.RateLimiter;
import io.millrace.api.source.ratelimit.RateLimiterStrategy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Emits what fetchers have fetched on their own threads, and keeps the position in each split. A
 * subclass makes positions from splits and splits from positions. Confined to the task.
 *
 * @param <E> what is fetched
 * @param <T> the records
 * @param <SplitStateT> the position in a split, which the emitter changes
 */
public abstract class SourceReaderBase<E, T, SplitT extends SourceSplit, SplitStateT>
        implements SourceReader<T, SplitT> {
    protected final RecordEmitter<E, T, SplitStateT> recordEmitter;
    protected final SplitFetcherManager<E, SplitT> splitFetcherManager;
    protected final SourceReaderOptions options;
    protected final Configuration config;

    /** Null if no record ends a split. */
    protected final RecordEvaluator<T> eofRecordEvaluator;

    protected SourceReaderContext context;

    private final FetchQueue<E> queue;
    private final RateLimiter<SplitT> rateLimiter; // null if there is no limit
    private final Map<String, SplitInReading<T, SplitStateT>> splits = new LinkedHashMap<>();
    private RecordsWithSplitIds<E> fetch; // null between two
    private SplitInReading<T, SplitStateT> split; // of the fetch
    private CompletableFuture<Void> permit; // null if none was asked for
    private boolean noMoreSplits;

    public SourceReaderBase(
            SplitFetcherManager<E, SplitT> splitFetcherManager,
            RecordEmitter<E, T, SplitStateT> recordEmitter,
            Configuration config,
            SourceReaderContext context) {
        this(splitFetcherManager, recordEmitter, null, config, context);
    }

    /**
     * @param eofRecordEvaluator null if no record ends a split
     */
    public SourceReaderBase(
            SplitFetcherManager<E, SplitT> splitFetcherManager,
            RecordEmitter<E, T, SplitStateT> recordEmitter,
            RecordEvaluator<T> eofRecordEvaluator,
            Configuration config,
            SourceReaderContext context) {
        this(splitFetcherManager, recordEmitter, eofRecordEvaluator, config, context, null);
    }

    /**
     * @param eofRecordEvaluator null if no record ends a split
     * @param rateLimiterStrategy of what is fetched, element by element; null for no limit
     */
    public SourceReaderBase(
            SplitFetcherManager<E, SplitT> splitFetcherManager,
            RecordEmitter<E, T, SplitStateT> recordEmitter,
            RecordEvaluator<T> eofRecordEvaluator,
            Configuration config,
            SourceReaderContext context,
            RateLimiterStrategy<SplitT> rateLimiterStrategy) {
        this.splitFetcherManager = splitFetcherManager;
        this.queue = splitFetcherManager.queue();
        this.recordEmitter = recordEmitter;
        this.eofRecordEvaluator = eofRecordEvaluator;
        this.options = new SourceReaderOptions(config);
        this.config = config;
        this.context = context;
        this.rateLimiter =
                rateLimiterStrategy == null
                        ? null
                        : rateLimiterStrategy.createRateLimiter(context.currentParallelism());
    }

    /** Splits that have been read to their ends, with their last positions; to ask for more. */
    protected abstract void onSplitFinished(Map<String, SplitStateT> finishedSplitIds);

    /** The position where a split begins. */
    protected abstract SplitStateT initializedState(SplitT split);

    /** A split that goes on at a position. */
    protected abstract SplitT toSplitType(String splitId, SplitStateT splitState);

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        while (true) {
            if (fetch == null) {
                splitFetcherManager.checkErrors();
                fetch = queue.poll();
                if (fetch == null) {
                    return endOrLater();
                }
                nextSplit();
                continue;
            }
            if (split == null) {
                endFetch(output);
                continue;
            }
            if (!isPermitted()) {
                return InputStatus.NOTHING_AVAILABLE;
            }
            E element = fetch.nextRecordFromSplit();
            if (element == null) {
                nextSplit();
                continue;
            }
            permit = null;
            recordEmitter.emitRecord(element, split.output(output), split.state);
            if (split.hasEnded()) {
                endByRecord(output);
            }
            return InputStatus.MORE_AVAILABLE;
        }
    }

    /** Moves to the next split of the fetch that is still read; null if there is none. */
    private void nextSplit() {
        split = null;
        for (String id = fetch.nextSplit(); id != null; id = fetch.nextSplit()) {
            split = splits.get(id);
            if (split != null) {
                return;
            }
        }
    }

    private void endFetch(ReaderOutput<T> output) {
        RecordsWithSplitIds<E> done = fetch;
        fetch = null;
        finish(done.finishedSplits(), output);
        done.recycle();
    }

    private void endByRecord(ReaderOutput<T> output) {
        splitFetcherManager.removeSplits(List.of(toSplitType(split.splitId, split.state)));
        finish(List.of(split.splitId), output);
        nextSplit();
    }

    private void finish(Collection<String> ids, ReaderOutput<T> output) {
        Map<String, SplitStateT> finished = new HashMap<>();
        for (String id : ids) {
            SplitInReading<T, SplitStateT> ended = splits.remove(id);
            if (ended != null) {
                finished.put(id, ended.state);
                output.releaseOutputForSplit(id);
            }
        }
        if (!finished.isEmpty()) {
            onSplitFinished(finished);
        }
    }

    private boolean isPermitted() {
        if (rateLimiter == null) {
            return true;
        }
        if (permit == null) {
            permit = rateLimiter.acquire().toCompletableFuture();
        }
        if (!permit.isDone()) {
            return false;
        }
        permit.join(); // a limiter that failed fails the task
        return true;
    }

    private InputStatus endOrLater() {
        if (!splitFetcherManager.maybeShutdownFinishedFetchers() || !noMoreSplits) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        if (!queue.isEmpty()) {
            return InputStatus.MORE_AVAILABLE;
        }
        splitFetcherManager.checkErrors();
        return InputStatus.END_OF_INPUT;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        if (fetch == null) {
            return queue.available();
        }
        return permit == null ? CompletableFuture.completedFuture(null) : permit;
    }

    @Override
    public List<SplitT> snapshotState(long checkpointId) {
        List<SplitT> all = new ArrayList<>(splits.size());
        splits.forEach((id, each) -> all.add(toSplitType(id, each.state)));
        return all;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        if (rateLimiter != null) {
            rateLimiter.notifyCheckpointComplete(checkpointId);
        }
    }

    @Override
    public void addSplits(List<SplitT> added) {
        for (SplitT each : added) {
            if (rateLimiter != null) {
                rateLimiter.notifyAddingSplit(each);
            }
            splits.put(
                    each.splitId(),
                    new SplitInReading<>(
                            each.splitId(), initializedState(each), eofRecordEvaluator));
        }
        splitFetcherManager.addSplits(added);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        queue.signal();
    }

    /** Nothing is said to this reader unless it is overridden. */
    @Override
    public void handleSourceEvents(SourceEvent sourceEvent) {}

    @Override
    public void pauseOrResumeSplits(
            Collection<String> splitsToPause, Collection<String> splitsToResume) {
        splitFetcherManager.pauseOrResumeSplits(splitsToPause, splitsToResume);
    }

    /** How many splits have been added and not ended. */
    public int getNumberOfCurrentlyAssignedSplits() {
        return splits.size();
    }

    @Override
    public void close() throws Exception {
        if (permit != null) {
            permit.cancel(false); // takes its timer out, if it has one
        }
        splitFetcherManager.close(options.sourceReaderCloseTimeout);
    }
}
