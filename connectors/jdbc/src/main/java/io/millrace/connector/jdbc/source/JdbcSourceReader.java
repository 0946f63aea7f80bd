package io.millrace.connector.jdbc.source;

import io.millrace.api.source.ChunkedReader;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.connector.jdbc.source.RowQueue.Chunk;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Emits the rows that its {@link QueryLoop} has read, split by split. Confined to its task. */
final class JdbcSourceReader<T> implements SourceReader<T, JdbcSourceSplit>, ChunkedReader<T> {
    private static final long JOIN_MS = 5_000;

    private final SourceReaderContext context;
    private final boolean repeats;
    private final RowQueue<T> queue;
    private final QueryLoop<T> loop;
    private final Thread thread;
    private final ArrayDeque<JdbcSourceSplit> waiting = new ArrayDeque<>();

    /** Completed when there is a split, or will be none. */
    private CompletableFuture<Void> splits = new CompletableFuture<>();

    // Null between splits.
    private JdbcSourceSplit current;
    private long position;
    private Iterator<T> rows = List.<T>of().iterator();
    private boolean started;
    private boolean noMoreSplits;

    private JdbcSourceReader(
            SourceReaderContext context,
            boolean repeats,
            RowQueue<T> queue,
            QueryLoop<T> loop,
            Thread thread) {
        this.context = context;
        this.repeats = repeats;
        this.queue = queue;
        this.loop = loop;
        this.thread = thread;
    }

    static <T> JdbcSourceReader<T> of(SourceReaderContext context, QuerySettings<T> settings) {
        RowQueue<T> queue = new RowQueue<>();
        QueryLoop<T> loop = new QueryLoop<>(settings, queue);
        Thread thread = new Thread(loop, "jdbc-source-" + context.getIndexOfSubtask());
        thread.setDaemon(true);
        thread.setContextClassLoader(context.getUserCodeClassLoader().asClassLoader());
        return new JdbcSourceReader<>(context, settings.repeats(), queue, loop, thread);
    }

    @Override
    public void start() {
        started = true;
        thread.start();
        context.sendSplitRequest();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        return read(output, 1);
    }

    @Override
    public InputStatus read(ReaderOutput<T> output, int maxRecords) throws Exception {
        if (current == null && !nextSplit()) {
            return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }
        int left = maxRecords;
        while (left > 0) {
            if (!rows.hasNext()) {
                Chunk<T> chunk = queue.take();
                if (chunk == null) {
                    return InputStatus.NOTHING_AVAILABLE;
                }
                if (chunk.last()) {
                    endSplit();
                    return InputStatus.MORE_AVAILABLE;
                }
                rows = chunk.rows().iterator();
            }
            output.collect(rows.next());
            position++;
            left--;
        }
        return InputStatus.MORE_AVAILABLE;
    }

    private void endSplit() {
        current = null;
        if (waiting.isEmpty() && !noMoreSplits) {
            context.sendSplitRequest();
        }
    }

    private boolean nextSplit() {
        JdbcSourceSplit split = waiting.poll();
        if (split == null) {
            if (!noMoreSplits && splits.isDone()) {
                splits = new CompletableFuture<>();
            }
            return false;
        }
        current = repeats ? split.at(0) : split;
        position = current.position();
        loop.order(current);
        return true;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        if (current == null) {
            return waiting.isEmpty() ? splits : CompletableFuture.completedFuture(null);
        }
        return rows.hasNext() ? CompletableFuture.completedFuture(null) : queue.available();
    }

    @Override
    public List<JdbcSourceSplit> snapshotState(long checkpointId) {
        List<JdbcSourceSplit> left = new ArrayList<>();
        if (current != null) {
            left.add(current.at(position));
        }
        left.addAll(waiting);
        return left;
    }

    @Override
    public void addSplits(List<JdbcSourceSplit> added) {
        waiting.addAll(added);
        splits.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMoreSplits = true;
        splits.complete(null);
    }

    @Override
    public void close() throws InterruptedException {
        loop.close();
        if (started) {
            thread.interrupt();
            thread.join(JOIN_MS);
        }
    }
}
