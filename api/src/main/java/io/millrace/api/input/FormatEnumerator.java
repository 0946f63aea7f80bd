package io.millrace.api.input;

import io.millrace.api.error.MillraceException;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives splits of an input format to readers that ask, as the format's assigner decides. Confined
 * to the enumerator's thread, but for the search of splits, which runs beside it.
 */
/* An assigner knows splits by themselves, so each has its id beside it; splits that come back, or are
 * left from before, go out first, in their order. Each search has an assigner of its own; they are asked
 * from the oldest on.
 */
final class FormatEnumerator implements SplitEnumerator<FormatSplit, FormatProgress> {
    private static final Logger LOG = LoggerFactory.getLogger(FormatEnumerator.class);

    /** So many searches may fail one after the other before the job does. */
    private static final int MAX_FAILURES = 10;

    private final SplitEnumeratorContext<FormatSplit> context;
    private final FormatSplits splits;
    private final long intervalMs;
    private final ArrayDeque<FormatSplit> returned;
    private final ArrayDeque<InputSplitAssigner> assigners = new ArrayDeque<>();
    private final Map<InputSplit, Long> ids = new IdentityHashMap<>();
    private final Map<Integer, String> waitingReaders = new LinkedHashMap<>();
    private long nextId;
    private boolean listed;
    private int failures;

    /**
     * @param intervalMs between two searches; 0 for one search only
     */
    FormatEnumerator(
            SplitEnumeratorContext<FormatSplit> context,
            FormatSplits splits,
            long intervalMs,
            FormatProgress before) {
        this.context = context;
        this.splits = splits;
        this.intervalMs = intervalMs;
        this.returned = new ArrayDeque<>(before.left());
        this.nextId = before.nextId();
        this.listed = before.listed();
    }

    @Override
    public void start() {
        int parallelism = context.currentParallelism();
        if (intervalMs > 0) {
            context.callAsync(() -> splits.find(parallelism), this::onFound, 0, intervalMs);
        } else if (!listed) {
            context.callAsync(() -> splits.find(parallelism), this::onFound);
        }
    }

    private void onFound(FormatSplits.Found found, Throwable failure) {
        if (failure != null) {
            onFailure(failure);
            return;
        }
        failures = 0;
        listed = true;
        for (InputSplit split : found.splits()) {
            ids.put(split, nextId);
            nextId++;
        }
        if (found.splits().length > 0 || intervalMs == 0) {
            assigners.add(found.assigner());
        }
        serveWaiting();
    }

    private void onFailure(Throwable failure) {
        failures++;
        if (intervalMs == 0 || failures >= MAX_FAILURES) {
            if (failure instanceof MillraceException known) {
                throw known;
            }
            String message = "The splits of the input could not be found: " + failure.getMessage();
            throw failure instanceof IOException e
                    ? new UncheckedIOException(message, e)
                    : new IllegalStateException(message, failure);
        }
        LOG.warn("input not listed, trying again failures={}", failures, failure);
    }

    @Override
    public void handleSplitRequest(int subtaskId, String requesterHostname) {
        waitingReaders.put(subtaskId, requesterHostname);
        serveWaiting();
    }

    private void serveWaiting() {
        Iterator<Map.Entry<Integer, String>> each = waitingReaders.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<Integer, String> reader = each.next();
            // A reader that failed asks again once it runs.
            if (!context.registeredReaders().containsKey(reader.getKey())
                    || serve(reader.getKey(), reader.getValue())) {
                each.remove();
            }
        }
    }

    /** Returns false if the reader must wait. */
    private boolean serve(int subtask, String host) {
        FormatSplit next = next(subtask, host);
        if (next != null) {
            context.assignSplit(next, subtask);
            return true;
        }
        if (intervalMs == 0 && listed) {
            context.signalNoMoreSplits(subtask);
            return true;
        }
        return false;
    }

    /** Null if there is none. */
    private FormatSplit next(int subtask, String host) {
        if (!returned.isEmpty()) {
            return returned.poll();
        }
        while (!assigners.isEmpty()) {
            InputSplit split = assigners.peek().getNextInputSplit(host, subtask);
            if (split != null) {
                // One that the assigner has made itself is as good.
                Long id = ids.remove(split);
                return new FormatSplit(id == null ? nextId++ : id, split);
            }
            if (intervalMs == 0) {
                return null;
            }
            assigners.remove();
        }
        return null;
    }

    @Override
    public void addSplitsBack(List<FormatSplit> splits, int subtaskId) {
        returned.addAll(splits);
        serveWaiting();
    }

    @Override
    public void addReader(int subtaskId) {
        // Readers ask by themselves.
    }

    @Override
    public FormatProgress snapshotState(long checkpointId) {
        List<FormatSplit> left = new ArrayList<>(returned);
        Map<Long, InputSplit> byId = new TreeMap<>();
        ids.forEach((split, id) -> byId.put(id, split));
        byId.forEach((id, split) -> left.add(new FormatSplit(id, split)));
        return new FormatProgress(listed, left, nextId, new TreeMap<>(splits.seen()));
    }

    @Override
    public void close() {}
}
