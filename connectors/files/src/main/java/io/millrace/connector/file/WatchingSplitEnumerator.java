package io.millrace.connector.file;

import io.millrace.api.file.Path;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.source.SplitsAssignment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the files again and again and gives the splits of new ones to readers that wait. Confined
 * to the enumerator's thread, but for the listing, which runs beside it.
 */
/* A file is known by its path, from the first listing that has it. What is not listed any more is
 * forgotten, so that no more paths are kept than one listing has; a file that comes back under its
 * path is a new one. A listing that fails leaves everything as it is: the next one may succeed. */
final class WatchingSplitEnumerator<SplitT extends FileSourceSplit>
        implements SplitEnumerator<SplitT, PendingSplitsCheckpoint<SplitT>> {
    private static final Logger LOG = LoggerFactory.getLogger(WatchingSplitEnumerator.class);

    /** So many listings may fail one after the other before the job does. */
    private static final int MAX_FAILURES = 10;

    private final SplitEnumeratorContext<SplitT> context;
    private final FileEnumerator enumerator;
    private final SplitPortions<SplitT> portions;
    private final Path[] paths;
    private final long intervalMs;
    private final Set<Path> known;
    private final Map<Integer, String> waitingReaders = new LinkedHashMap<>();
    private int failures;

    WatchingSplitEnumerator(
            SplitEnumeratorContext<SplitT> context,
            FileEnumerator enumerator,
            FileSplitAssigner assigner,
            Path[] paths,
            ContinuousEnumerationSettings settings,
            Collection<Path> known) {
        this.context = context;
        this.enumerator = enumerator;
        this.portions = new SplitPortions<>(context, assigner);
        this.paths = paths;
        this.intervalMs = settings.discoveryInterval().toMillis();
        this.known = new HashSet<>(known);
    }

    @Override
    public void start() {
        context.callAsync(this::list, this::onListed, 0, intervalMs);
    }

    private Collection<FileSourceSplit> list() throws IOException {
        return enumerator.enumerateSplits(paths, context.currentParallelism());
    }

    private void onListed(Collection<FileSourceSplit> listed, Throwable failure) {
        if (failure != null) {
            onFailure(failure);
            return;
        }
        failures = 0;
        List<FileSourceSplit> added = new ArrayList<>();
        Set<Path> present = new HashSet<>();
        for (FileSourceSplit split : listed) {
            present.add(split.path());
            if (!known.contains(split.path())) {
                added.add(split);
            }
        }
        known.clear();
        known.addAll(present);
        portions.add(added);
        serveWaiting();
    }

    private void onFailure(Throwable failure) {
        failures++;
        if (failures >= MAX_FAILURES) {
            if (failure instanceof IOException e) {
                throw new UncheckedIOException(
                        "The input could not be listed "
                                + failures
                                + " times in a row: "
                                + e.getMessage(),
                        e);
            }
            throw new IllegalStateException(
                    "The input could not be listed " + failures + " times in a row.", failure);
        }
        LOG.warn("input not listed, trying again failures={}", failures, failure);
    }

    private void serveWaiting() {
        var each = waitingReaders.entrySet().iterator();
        Set<Integer> running = each.hasNext() ? context.registeredReaders().keySet() : Set.of();
        while (each.hasNext()) {
            Map.Entry<Integer, String> reader = each.next();
            // A reader that failed asks again once it runs.
            if (!running.contains(reader.getKey()) || assign(reader.getKey(), reader.getValue())) {
                each.remove();
            } else {
                return;
            }
        }
    }

    private boolean assign(int subtask, String host) {
        List<SplitT> given = portions.next(host);
        if (!given.isEmpty()) {
            context.assignSplits(new SplitsAssignment<>(Map.of(subtask, given)));
        }
        return !given.isEmpty();
    }

    @Override
    public void handleSplitRequest(int subtaskId, String requesterHostname) {
        if (!assign(subtaskId, requesterHostname)) {
            waitingReaders.put(subtaskId, requesterHostname);
        }
    }

    @Override
    public void addSplitsBack(List<SplitT> splits, int subtaskId) {
        portions.add(List.copyOf(splits));
        serveWaiting();
    }

    @Override
    public void addReader(int subtaskId) {
        // Readers ask by themselves.
    }

    @Override
    public PendingSplitsCheckpoint<SplitT> snapshotState(long checkpointId) {
        return PendingSplitsCheckpoint.fromCollectionSnapshot(portions.remaining(), known);
    }

    @Override
    public void close() {
        portions.tell();
    }
}
