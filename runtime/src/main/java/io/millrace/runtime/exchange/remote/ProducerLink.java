package io.millrace.runtime.exchange.remote;

import io.millrace.runtime.exchange.remote.DataFrame.Identity;
import io.millrace.runtime.exchange.remote.DataFrame.Kind;
import io.millrace.runtime.exchange.remote.DataFrame.Subscription;
import io.millrace.runtime.message.WorkerAddress;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.wire.Connection;
import io.millrace.runtime.wire.ConnectionListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A worker that this one reads from: the connection to it, and the readers on it. Readers may come
 * while it is still connecting. Frames arrive on the network thread; tasks add and remove readers.
 *
 * <pre>
 * CONNECTING → OPEN → GONE        CONNECTING → GONE
 * </pre>
 */
final class ProducerLink implements ConnectionListener {
    private final String ownWorker;
    private final WorkerAddress producer;
    private final long windowBytes;
    private final Consumer<RemoteReader> onAborted;
    private final Consumer<ProducerLink> onGone;
    private final Map<Integer, RemoteReader> readers = new ConcurrentHashMap<>();
    private final Map<Integer, RangeFetch> fetches = new ConcurrentHashMap<>();
    // All guarded by this.
    private State state = State.CONNECTING;
    private Connection connection;
    private int lastChannel;

    private enum State {
        CONNECTING,
        OPEN,
        GONE
    }

    /**
     * @param onAborted hears of readers whose writer ended without end of input
     * @param onGone called once; a link that is gone takes no readers
     */
    ProducerLink(
            String ownWorker,
            WorkerAddress producer,
            long windowBytes,
            Consumer<RemoteReader> onAborted,
            Consumer<ProducerLink> onGone) {
        this.ownWorker = ownWorker;
        this.producer = producer;
        this.windowBytes = windowBytes;
        this.onAborted = onAborted;
        this.onGone = onGone;
    }

    WorkerAddress producer() {
        return producer;
    }

    /** Takes a reader in; returns false if the link is gone, and another one is needed. */
    synchronized boolean add(RemoteReader reader) {
        if (state == State.GONE) {
            return false;
        }
        reader.channel(++lastChannel);
        readers.put(lastChannel, reader);
        if (state == State.OPEN) {
            subscribe(reader);
        }
        return true;
    }

    /** Asks for a range; returns false if the link is gone, and another one is needed. */
    synchronized boolean add(RangeFetch fetch) {
        if (state == State.GONE) {
            return false;
        }
        fetch.channel(++lastChannel);
        fetches.put(lastChannel, fetch);
        if (state == State.OPEN) {
            ask(fetch);
        }
        return true;
    }

    private void ask(RangeFetch fetch) {
        fetch.onConnected(connection);
        connection.send(DataFrame.fetch(fetch.channel(), fetch.request()));
    }

    /** A task wants no more of a range; tells the worker, unless it has sent all or not begun. */
    synchronized void leave(RangeFetch fetch) {
        if (fetches.remove(fetch.channel(), fetch) && state == State.OPEN) {
            connection.send(DataFrame.bare(Kind.CANCEL, fetch.channel()));
        }
    }

    private void subscribe(RemoteReader reader) {
        reader.onConnected(connection);
        connection.send(
                DataFrame.subscribe(reader.channel(), new Subscription(reader.id(), windowBytes)));
    }

    /**
     * A task closed its reader; tells the writer, unless the channel was complete or had not begun.
     */
    synchronized void leave(RemoteReader reader) {
        if (readers.remove(reader.channel(), reader) && state == State.OPEN) {
            connection.send(DataFrame.bare(Kind.CANCEL, reader.channel()));
        }
    }

    synchronized void onConnected(Connection made) {
        if (state == State.GONE) {
            made.close();
            return;
        }
        state = State.OPEN;
        connection = made;
        connection.send(DataFrame.identify(new Identity(ownWorker, producer.workerId())));
        readers.values().forEach(this::subscribe);
        fetches.values().forEach(this::ask);
    }

    @Override
    public void onFrame(byte[] frame) {
        Kind kind = DataFrame.kind(frame);
        if (kind == Kind.RANGE_PART || kind == Kind.RANGE_LOST) {
            onRange(kind, frame);
            return;
        }
        RemoteReader reader = readers.get(DataFrame.channel(frame));
        if (reader == null) {
            return; // its task closed it while the frame was on its way
        }
        switch (kind) {
            case CHUNK_PART, CHUNK, WATERMARK, IDLE, ACTIVE, BARRIER -> reader.onFrame(kind, frame);
            case END -> {
                reader.onFrame(kind, frame);
                readers.remove(reader.channel()); // complete, whatever becomes of the connection
            }
            case ABORT -> onAborted.accept(reader);
            case REFUSED ->
                    reader.onFailed(
                            "worker "
                                    + producer.workerId()
                                    + " refused channel "
                                    + reader.id()
                                    + ": "
                                    + DataFrame.reason(frame),
                            null);
            case IDENTIFY, SUBSCRIBE, CREDIT, CANCEL, FETCH, RANGE_PART, RANGE_LOST ->
                    throw new CorruptDataException("a writer sent " + kind);
        }
    }

    private void onRange(Kind kind, byte[] frame) {
        int channel = DataFrame.channel(frame);
        RangeFetch fetch = fetches.get(channel);
        if (fetch == null) {
            return; // its task closed it while the frame was on its way
        }
        if (kind == Kind.RANGE_LOST) {
            fetches.remove(channel);
            fetch.onLost(DataFrame.reason(frame) + ".", null);
        } else if (fetch.onPart(frame)) {
            fetches.remove(channel); // complete, whatever becomes of the connection
        }
    }

    void onConnectFailed(Throwable cause) {
        fail("worker " + producer.workerId() + " cannot be reached for its data", cause);
    }

    @Override
    public void onClosed(Throwable cause) {
        fail("the connection to worker " + producer.workerId() + " is gone", cause);
    }

    private void fail(String what, Throwable cause) {
        List<RemoteReader> left;
        List<RangeFetch> leftFetches;
        synchronized (this) {
            state = State.GONE;
            left = new ArrayList<>(readers.values());
            readers.clear();
            leftFetches = new ArrayList<>(fetches.values());
            fetches.clear();
        }
        String reason = cause == null ? "" : ": " + cause.getMessage();
        for (RangeFetch fetch : leftFetches) {
            fetch.onLost(
                    what + " (" + producer.host() + ":" + producer.dataPort() + ")" + reason + ".",
                    cause);
        }
        for (RemoteReader reader : left) {
            reader.onFailed(
                    what
                            + " ("
                            + producer.host()
                            + ":"
                            + producer.dataPort()
                            + "), channel "
                            + reader.id()
                            + reason
                            + ".",
                    cause);
        }
        onGone.accept(this);
    }

    void failJob(JobId jobId, String what) {
        for (RemoteReader reader : readers.values()) {
            if (reader.id().jobId().equals(jobId)) {
                readers.remove(reader.channel(), reader);
                reader.onFailed(what, null);
            }
        }
        for (RangeFetch fetch : fetches.values()) {
            if (fetch.id().jobId().equals(jobId)) {
                fetches.remove(fetch.channel(), fetch);
                fetch.onLost(what, null);
            }
        }
    }

    /** Says goodbye if nobody reads here any more. */
    void closeIfIdle() {
        synchronized (this) {
            if (!readers.isEmpty() || !fetches.isEmpty() || state != State.OPEN) {
                return;
            }
            state = State.GONE;
            connection.close();
        }
        onGone.accept(this);
    }

    /** Fails what is still read here and says goodbye. */
    void close() {
        fail("worker " + ownWorker + " ends its exchange with worker " + producer.workerId(), null);
        Connection open;
        synchronized (this) {
            open = connection;
        }
        if (open != null) {
            open.close();
        }
    }
}
