package io.millrace.runtime.exchange.remote;

import io.millrace.runtime.exchange.ChannelId;
import io.millrace.runtime.plan.JobId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the two ends of a channel find each other at the writing worker, in any order. Pure;
 * guarded by its owner's lock. Remembers the newest attempt of a channel until the job is released,
 * so an end of an older attempt is turned away for good.
 *
 * @param <W> a writing end
 * @param <R> a subscription of a reading end
 */
final class Rendezvous<W, R> {
    private final Map<ChannelId, Place<W, R>> places = new HashMap<>();
    private final int maxWaitingReaders;
    private int waitingReaders;

    /** What came of an arrival. */
    enum Outcome {
        MET,
        WAITS,
        STALE,
        DUPLICATE,
        TOO_MANY
    }

    /**
     * An arrival's outcome.
     *
     * @param writer and {@code reader}: set if they met
     * @param oldWriter and {@code oldReader}: those of an older attempt who waited here and have to
     *     go
     */
    record Arrival<W, R>(Outcome outcome, W writer, R reader, W oldWriter, R oldReader) {}

    private static final class Place<W, R> {
        int attempt;
        boolean met;
        W writer;
        R reader;
    }

    Rendezvous(int maxWaitingReaders) {
        this.maxWaitingReaders = maxWaitingReaders;
    }

    Arrival<W, R> writerArrives(ChannelId id, W writer) {
        Place<W, R> place = places.computeIfAbsent(anyAttempt(id), key -> new Place<>());
        if (id.attempt() < place.attempt) {
            return refused(Outcome.STALE);
        }
        Arrival<W, R> old = moveTo(id.attempt(), place);
        if (place.met || place.writer != null) {
            return refused(Outcome.DUPLICATE);
        }
        if (place.reader == null) {
            place.writer = writer;
            return new Arrival<>(Outcome.WAITS, null, null, old.oldWriter(), old.oldReader());
        }
        return meet(place, writer, place.reader, old);
    }

    Arrival<W, R> readerArrives(ChannelId id, R reader) {
        if (waitingReaders >= maxWaitingReaders) {
            return refused(Outcome.TOO_MANY);
        }
        Place<W, R> place = places.computeIfAbsent(anyAttempt(id), key -> new Place<>());
        if (id.attempt() < place.attempt) {
            return refused(Outcome.STALE);
        }
        Arrival<W, R> old = moveTo(id.attempt(), place);
        if (place.met || place.reader != null) {
            return refused(Outcome.DUPLICATE);
        }
        if (place.writer == null) {
            place.reader = reader;
            waitingReaders++;
            return new Arrival<>(Outcome.WAITS, null, null, old.oldWriter(), old.oldReader());
        }
        return meet(place, place.writer, reader, old);
    }

    private Arrival<W, R> meet(Place<W, R> place, W writer, R reader, Arrival<W, R> old) {
        takeReader(place);
        place.writer = null;
        place.met = true;
        return new Arrival<>(Outcome.MET, writer, reader, old.oldWriter(), old.oldReader());
    }

    private Arrival<W, R> moveTo(int attempt, Place<W, R> place) {
        if (attempt == place.attempt) {
            return new Arrival<>(Outcome.WAITS, null, null, null, null);
        }
        W oldWriter = place.writer;
        place.writer = null;
        R oldReader = takeReader(place);
        place.attempt = attempt;
        place.met = false;
        return new Arrival<>(Outcome.WAITS, null, null, oldWriter, oldReader);
    }

    private R takeReader(Place<W, R> place) {
        R reader = place.reader;
        if (reader != null) {
            place.reader = null;
            waitingReaders--;
        }
        return reader;
    }

    /** Returns false if this writer does not wait any more. */
    boolean writerLeaves(ChannelId id, W writer) {
        Place<W, R> place = places.get(anyAttempt(id));
        if (place == null || place.writer != writer) {
            return false;
        }
        place.writer = null;
        return true;
    }

    /** Returns false if this reader does not wait any more. */
    boolean readerLeaves(ChannelId id, R reader) {
        Place<W, R> place = places.get(anyAttempt(id));
        if (place == null || place.reader != reader) {
            return false;
        }
        takeReader(place);
        return true;
    }

    /** Forgets a job, or all if null; returns those of it who waited. */
    List<Arrival<W, R>> release(JobId jobId) {
        List<Arrival<W, R>> waited = new ArrayList<>();
        places.entrySet()
                .removeIf(
                        entry -> {
                            if (jobId != null && !entry.getKey().jobId().equals(jobId)) {
                                return false;
                            }
                            Place<W, R> place = entry.getValue();
                            waited.add(
                                    new Arrival<>(
                                            Outcome.STALE,
                                            place.writer,
                                            takeReader(place),
                                            null,
                                            null));
                            return true;
                        });
        return waited;
    }

    int waitingReaders() {
        return waitingReaders;
    }

    private Arrival<W, R> refused(Outcome outcome) {
        return new Arrival<>(outcome, null, null, null, null);
    }

    private static ChannelId anyAttempt(ChannelId id) {
        return new ChannelId(
                id.jobId(), id.edgeId(), id.producerSubtask(), id.consumerSubtask(), 0);
    }
}
