package io.millrace.runtime.exchange.remote;

import io.millrace.runtime.exchange.ChannelId;
import io.millrace.runtime.exchange.remote.DataFrame.Subscription;
import io.millrace.runtime.exchange.remote.Rendezvous.Arrival;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.wire.WireThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;

/**
 * Brings the writers of this worker together with the subscriptions of others, and lets neither
 * wait for ever. Thread-safe: one lock, held for a few map look-ups; opening a channel is rare.
 */
final class WriterDesk implements ConsumerLink.Desk {
    /** Enough for every channel of a large job to be asked for before its writers are deployed. */
    static final int MAX_WAITING_SUBSCRIPTIONS = 65_536;

    private final String ownWorker;
    private final Duration openTimeout;
    private final WireThreads threads;
    private final Set<ConsumerLink> links = ConcurrentHashMap.newKeySet();
    // Guarded by this.
    private final Rendezvous<RemoteWriter, Waiting> rendezvous =
            new Rendezvous<>(MAX_WAITING_SUBSCRIPTIONS);
    private final Map<ConsumerLink, Map<Integer, Waiting>> waitingByLink = new HashMap<>();

    /** A subscription whose writer has not been opened yet. */
    private static final class Waiting {
        final ConsumerLink link;
        final int channel;
        final Subscription subscription;
        Future<?> deadline;

        Waiting(ConsumerLink link, int channel, Subscription subscription) {
            this.link = link;
            this.channel = channel;
            this.subscription = subscription;
        }

        ChannelId id() {
            return subscription.id();
        }
    }

    WriterDesk(String ownWorker, Duration openTimeout, WireThreads threads) {
        this.ownWorker = ownWorker;
        this.openTimeout = openTimeout;
        this.threads = threads;
    }

    void add(ConsumerLink link) {
        links.add(link);
    }

    /**
     * @throws io.millrace.api.error.MillraceException {@code EXCHANGE_FAILED} if a newer attempt of
     *     the channel is known
     */
    void open(RemoteWriter writer) {
        ChannelId id = writer.id();
        synchronized (this) {
            Arrival<RemoteWriter, Waiting> arrival = rendezvous.writerArrives(id, writer);
            turnAway(arrival, id);
            switch (arrival.outcome()) {
                case MET -> meet(arrival.writer(), arrival.reader());
                case WAITS ->
                        writer.openDeadline(
                                threads.schedule(() -> onNobodySubscribed(writer), openTimeout));
                case STALE, DUPLICATE, TOO_MANY ->
                        throw new ChannelFailure(
                                        "channel "
                                                + id
                                                + " cannot be opened for writing: "
                                                + reason(arrival.outcome())
                                                + ".",
                                        null)
                                .toException();
            }
        }
    }

    @Override
    public void subscribe(ConsumerLink link, int channel, Subscription subscription) {
        Waiting waiting = new Waiting(link, channel, subscription);
        synchronized (this) {
            Arrival<RemoteWriter, Waiting> arrival =
                    rendezvous.readerArrives(waiting.id(), waiting);
            turnAway(arrival, waiting.id());
            switch (arrival.outcome()) {
                case MET -> meet(arrival.writer(), waiting);
                case WAITS -> {
                    waitingByLink
                            .computeIfAbsent(link, key -> new HashMap<>())
                            .put(channel, waiting);
                    waiting.deadline = threads.schedule(() -> onNobodyWrites(waiting), openTimeout);
                }
                case STALE, DUPLICATE, TOO_MANY -> link.refuse(channel, reason(arrival.outcome()));
            }
        }
    }

    private void meet(RemoteWriter writer, Waiting reader) {
        forget(reader);
        reader.link.attach(reader.channel, reader.subscription.windowBytes(), writer);
    }

    private void forget(Waiting waiting) {
        if (waiting.deadline != null) {
            waiting.deadline.cancel(false);
        }
        Map<Integer, Waiting> ofLink = waitingByLink.get(waiting.link);
        if (ofLink != null) {
            ofLink.remove(waiting.channel);
            if (ofLink.isEmpty()) {
                waitingByLink.remove(waiting.link);
            }
        }
    }

    private void turnAway(Arrival<RemoteWriter, Waiting> arrival, ChannelId newer) {
        if (arrival.oldWriter() != null) {
            arrival.oldWriter().onFailed("channel " + newer + " has taken over.", null);
        }
        if (arrival.oldReader() != null) {
            forget(arrival.oldReader());
            arrival.oldReader()
                    .link
                    .refuse(arrival.oldReader().channel, "channel " + newer + " has taken over");
        }
    }

    private static String reason(Rendezvous.Outcome outcome) {
        return switch (outcome) {
            case STALE -> "a newer attempt of this channel is known";
            case DUPLICATE -> "it is open already";
            case TOO_MANY -> MAX_WAITING_SUBSCRIPTIONS + " subscriptions wait for writers already";
            case MET, WAITS -> throw new IllegalStateException(outcome + " is no refusal");
        };
    }

    private void onNobodySubscribed(RemoteWriter writer) {
        synchronized (this) {
            if (!rendezvous.writerLeaves(writer.id(), writer)) {
                return;
            }
        }
        writer.onFailed(
                "worker "
                        + writer.consumerWorker()
                        + " has not asked for channel "
                        + writer.id()
                        + " within "
                        + openTimeout.toMillis()
                        + " ms.",
                null);
    }

    private void onNobodyWrites(Waiting waiting) {
        synchronized (this) {
            if (!rendezvous.readerLeaves(waiting.id(), waiting)) {
                return;
            }
            forget(waiting);
        }
        waiting.link.refuse(
                waiting.channel,
                "worker "
                        + ownWorker
                        + " has not opened it for writing within "
                        + openTimeout.toMillis()
                        + " ms");
    }

    /** The writer's task has closed it. */
    void close(RemoteWriter writer) {
        synchronized (this) {
            if (rendezvous.writerLeaves(writer.id(), writer)) {
                return;
            }
        }
        links.forEach(link -> link.detach(writer));
    }

    @Override
    public void cancel(ConsumerLink link, int channel) {
        synchronized (this) {
            Map<Integer, Waiting> ofLink = waitingByLink.get(link);
            Waiting waiting = ofLink == null ? null : ofLink.get(channel);
            if (waiting != null) {
                rendezvous.readerLeaves(waiting.id(), waiting);
                forget(waiting);
            }
        }
    }

    @Override
    public void gone(ConsumerLink link) {
        links.remove(link);
        synchronized (this) {
            Map<Integer, Waiting> ofLink = waitingByLink.get(link);
            if (ofLink == null) {
                return;
            }
            for (Waiting waiting : new ArrayList<>(ofLink.values())) {
                rendezvous.readerLeaves(waiting.id(), waiting);
                forget(waiting);
            }
        }
    }

    void releaseJob(JobId jobId, String what) {
        releaseWaiting(jobId, what);
        links.forEach(link -> link.failJob(jobId, what));
    }

    /** Fails who waits; those who met fail when their connections close. */
    void close() {
        releaseWaiting(null, "worker " + ownWorker + " ends its exchange.");
    }

    private void releaseWaiting(JobId jobId, String what) {
        List<Arrival<RemoteWriter, Waiting>> waited;
        synchronized (this) {
            waited = rendezvous.release(jobId);
            for (Arrival<RemoteWriter, Waiting> one : waited) {
                if (one.reader() != null) {
                    forget(one.reader());
                    one.reader().link.refuse(one.reader().channel, what);
                }
            }
        }
        for (Arrival<RemoteWriter, Waiting> one : waited) {
            if (one.writer() != null) {
                one.writer().onFailed(what, null);
            }
        }
    }

    synchronized int waitingSubscriptions() {
        return rendezvous.waitingReaders();
    }
}
