package io.millrace.connector.jdbc.source;

import io.millrace.connector.jdbc.source.RowQueue.Chunk;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the queries of a reader one after the other; the body of its thread. The task orders and
 * closes; everything else is confined to the thread.
 */
final class QueryLoop<T> implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(QueryLoop.class);

    private final QuerySettings<T> settings;
    private final RowQueue<T> queue;

    /** A reader orders a split when it has none: one at a time. */
    private final BlockingQueue<JdbcSourceSplit> orders = new LinkedBlockingQueue<>(1);

    // Written by the task, read by the thread.
    private volatile boolean closed;
    // Written by the thread, read by the task that closes: null between queries.
    private volatile SplitQuery<T> open;

    QueryLoop(QuerySettings<T> settings, RowQueue<T> queue) {
        this.settings = settings;
        this.queue = queue;
    }

    /** Called by the task when the split before has been read to its end. */
    void order(JdbcSourceSplit split) {
        if (!orders.offer(split)) {
            throw new IllegalStateException("a split was ordered before the last was read");
        }
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                read(orders.take());
            }
        } catch (InterruptedException e) {
            LOG.debug("The reading thread ends."); // interrupted by close only
        } catch (Throwable e) {
            if (!closed) {
                queue.fail(e);
            }
        } finally {
            settings.connections().closeConnection();
        }
    }

    private void read(JdbcSourceSplit split) throws InterruptedException, SQLException {
        try (SplitQuery<T> query = SplitQuery.prepare(settings, split)) {
            open = query;
            if (closed) {
                return;
            }
            query.execute();
            boolean taken = true;
            T row = query.next();
            while (taken && row != null) {
                List<T> rows = new ArrayList<>(settings.chunkRows());
                while (row != null && rows.size() < settings.chunkRows()) {
                    rows.add(row);
                    row = query.next();
                }
                taken = queue.put(new Chunk<>(rows, false));
            }
            if (taken) {
                queue.put(new Chunk<>(List.of(), true));
            }
        } finally {
            open = null;
        }
    }

    /** Called by the task: the thread ends soon, also if it waits for the database. */
    void close() {
        closed = true;
        queue.close();
        SplitQuery<T> query = open;
        if (query != null) {
            try {
                query.cancel();
            } catch (SQLException e) {
                LOG.debug("A query is not cancelled.", e); // it may have ended by itself
            }
        }
    }
}
