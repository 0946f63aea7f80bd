package io.millrace.runtime.exchange.remote;

import io.millrace.runtime.exchange.remote.DataFrame.Identity;
import io.millrace.runtime.exchange.remote.DataFrame.Kind;
import io.millrace.runtime.exchange.remote.DataFrame.Subscription;
import io.millrace.runtime.exchange.stored.ResultFiles;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.wire.ConnectionListener;
import io.millrace.runtime.wire.DataConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A worker that reads from this one: its connection, and the writers it has subscribed to. Frames
 * arrive on the network thread; tasks attach and detach writers.
 */
final class ConsumerLink implements ConnectionListener {
    private final String ownWorker;
    private final DataConnection connection;
    private final Desk desk;
    private final Map<Integer, RemoteWriter> writers = new ConcurrentHashMap<>();
    private final RangeSenders ranges;
    // Of the network thread; volatile for messages of other threads.
    private volatile String consumerWorker;
    // Guarded by this: whether writers may still be attached.
    private boolean gone;

    /** What the exchange does for its links. Called on network threads. */
    interface Desk {
        void subscribe(ConsumerLink link, int channel, Subscription subscription);

        void cancel(ConsumerLink link, int channel);

        void gone(ConsumerLink link);
    }

    /**
     * @param files of the results that this worker serves
     */
    ConsumerLink(
            String ownWorker, DataConnection connection, Desk desk, Supplier<ResultFiles> files) {
        this.ownWorker = ownWorker;
        this.connection = connection;
        this.desk = desk;
        this.ranges = new RangeSenders(connection, files);
    }

    String consumerWorker() {
        return consumerWorker;
    }

    @Override
    public void onFrame(byte[] frame) {
        Kind kind = DataFrame.kind(frame);
        if (kind == Kind.IDENTIFY) {
            onIdentity(DataFrame.identity(frame));
            return;
        }
        if (consumerWorker == null) {
            throw new CorruptDataException(kind + " before the reader has named its worker");
        }
        int channel = DataFrame.channel(frame);
        switch (kind) {
            case SUBSCRIBE -> desk.subscribe(this, channel, DataFrame.subscription(frame));
            case FETCH -> ranges.onFetch(channel, DataFrame.fetch(frame));
            case CREDIT -> onCredit(channel, DataFrame.creditTotal(frame));
            case CANCEL -> onCancel(channel);
            case IDENTIFY,
                    CHUNK_PART,
                    CHUNK,
                    WATERMARK,
                    IDLE,
                    ACTIVE,
                    BARRIER,
                    END,
                    ABORT,
                    REFUSED,
                    RANGE_PART,
                    RANGE_LOST ->
                    throw new CorruptDataException("a reader sent " + kind);
        }
    }

    private void onCredit(int channel, long total) {
        RemoteWriter writer = writers.get(channel);
        if (writer == null) {
            ranges.onCredit(channel, total);
        } else {
            writer.onGranted(total);
        }
    }

    private void onCancel(int channel) {
        RemoteWriter writer = writers.remove(channel);
        if (writer != null) {
            writer.onConsumerClosed();
        } else if (!ranges.onCancel(channel)) {
            desk.cancel(this, channel);
        }
    }

    private void onIdentity(Identity identity) {
        if (!identity.writingWorker().equals(ownWorker)) {
            throw new CorruptDataException(
                    "worker "
                            + identity.readingWorker()
                            + " looks for worker "
                            + identity.writingWorker()
                            + " at the port of "
                            + ownWorker);
        }
        consumerWorker = identity.readingWorker();
    }

    /** Lets a writer send to this worker; one that comes too late fails. */
    void attach(int channel, long windowBytes, RemoteWriter writer) {
        boolean tooLate;
        synchronized (this) {
            tooLate = gone;
            if (!tooLate) {
                writers.put(channel, writer);
            }
        }
        if (tooLate) {
            writer.onFailed(lost(writer), null);
        } else {
            writer.onSubscribed(connection, channel, windowBytes);
        }
    }

    void detach(RemoteWriter writer) {
        writers.values().remove(writer);
    }

    void refuse(int channel, String reason) {
        connection.send(DataFrame.refused(channel, reason));
    }

    void failJob(JobId jobId, String what) {
        for (RemoteWriter writer : writers.values()) {
            if (writer.id().jobId().equals(jobId)) {
                detach(writer);
                writer.onFailed(what, null);
            }
        }
    }

    @Override
    public void onWritable() {
        writers.values().forEach(RemoteWriter::wake);
        ranges.onWritable();
    }

    @Override
    public void onClosed(Throwable cause) {
        ranges.onClosed();
        List<RemoteWriter> attached;
        synchronized (this) {
            gone = true;
            attached = new ArrayList<>(writers.values());
            writers.clear();
        }
        attached.forEach(writer -> writer.onFailed(lost(writer), cause));
        desk.gone(this);
    }

    private String lost(RemoteWriter writer) {
        return "worker "
                + writer.consumerWorker()
                + " ("
                + connection.peer()
                + "), which reads channel "
                + writer.id()
                + ", is gone.";
    }

    void close() {
        connection.close();
    }
}
