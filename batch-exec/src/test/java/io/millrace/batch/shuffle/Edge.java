package io.millrace.batch.shuffle;

import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.chunk.ChunkCodec;
import io.millrace.runtime.chunk.ChunkCodecs;
import io.millrace.runtime.chunk.ControlEvent;
import io.millrace.runtime.chunk.Item;
import io.millrace.runtime.chunk.RecordChunk;
import io.millrace.runtime.exchange.ChannelReader;
import io.millrace.runtime.exchange.stored.ResultWriter;
import io.millrace.runtime.exchange.stored.StoredExchange;
import io.millrace.runtime.message.StoredResult;
import io.millrace.runtime.plan.JobId;
import io.millrace.runtime.plan.ResultId;
import io.millrace.runtime.serde.Serializers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Both ends of a stored edge of one type of records, as tasks use them. Confined to the test. */
final class Edge {
    static final JobId JOB = new JobId("a".repeat(32));

    private static final int CHUNK_RECORDS = 50;
    private static final long PATIENCE_SECONDS = 20;

    private final Supplier<ChunkCodec> codec;
    private final boolean keyed;

    /** A record as it goes over the edge. */
    record Sent(Object value, long timestampMs, int keyHash) {
        static Sent of(Object value) {
            return new Sent(value, RecordChunk.NO_TIMESTAMP, 0);
        }
    }

    /**
     * @param typeOrNull null for any
     */
    Edge(TypeInformation<?> typeOrNull, boolean keyed) {
        this.codec = ChunkCodecs.of(Serializers.of(typeOrNull, Edge.class.getClassLoader()), keyed);
        this.keyed = keyed;
    }

    static ResultId id(int producer) {
        return new ResultId(JOB, 3, producer, 0);
    }

    ResultWriter open(StoredExchange exchange, int producer, int consumers) {
        return exchange.openWriter(id(producer), consumers, codec);
    }

    /** Writes chunks of the consumers in turn, as a partitioner does. */
    void write(ResultWriter writer, List<List<Sent>> byConsumer) {
        boolean wrote = true;
        for (int from = 0; wrote; from += CHUNK_RECORDS) {
            wrote = false;
            for (int consumer = 0; consumer < byConsumer.size(); consumer++) {
                List<Sent> records = byConsumer.get(consumer);
                if (from < records.size()) {
                    wrote = true;
                    int to = Math.min(records.size(), from + CHUNK_RECORDS);
                    writer.channel(consumer).offer(chunk(records.subList(from, to)));
                }
            }
        }
    }

    private RecordChunk chunk(List<Sent> records) {
        RecordChunk chunk = new RecordChunk(keyed);
        for (Sent sent : records) {
            if (keyed) {
                chunk.add(sent.value(), sent.timestampMs(), sent.keyHash());
            } else {
                chunk.add(sent.value(), sent.timestampMs());
            }
        }
        return chunk;
    }

    StoredResult finish(ResultWriter writer, int consumers) {
        for (int consumer = 0; consumer < consumers; consumer++) {
            writer.channel(consumer).offer(new ControlEvent.EndOfInput());
        }
        return writer.finish();
    }

    /** A whole result. */
    StoredResult store(StoredExchange exchange, int producer, List<List<Sent>> byConsumer) {
        try (ResultWriter writer = open(exchange, producer, byConsumer.size())) {
            write(writer, byConsumer);
            return finish(writer, byConsumer.size());
        }
    }

    /** The end at one consumer. */
    Reading reading(StoredExchange exchange, int range, List<StoredResult> results) {
        return new Reading(exchange, range, range + 1, results);
    }

    /** The end at one that reads neighbouring ranges. */
    Reading reading(StoredExchange exchange, int from, int to, StoredResult result) {
        return new Reading(exchange, from, to, List.of(result));
    }

    private static StoredExchange.Input inputOf(StoredResult result, int from, int to) {
        return new StoredExchange.Input(result.id(), result.worker(), result.slice(from, to));
    }

    List<Sent> read(StoredExchange exchange, int range, StoredResult result) {
        try (Reading reading = reading(exchange, range, List.of(result))) {
            return reading.all();
        }
    }

    /** What one consumer reads, from all producers in turn. */
    final class Reading implements AutoCloseable {
        private final Semaphore bell = new Semaphore(0);
        private final List<ChannelReader> readers;
        private final List<Boolean> timeIsOver = new ArrayList<>();
        private final List<Boolean> ended = new ArrayList<>();

        private Reading(StoredExchange exchange, int from, int to, List<StoredResult> results) {
            readers =
                    exchange.openReaders(
                            results.stream().map(result -> inputOf(result, from, to)).toList(),
                            codec,
                            index -> bell::release);
            readers.forEach(
                    reader -> {
                        timeIsOver.add(false);
                        ended.add(false);
                    });
        }

        List<Sent> all() {
            List<Sent> records = new ArrayList<>();
            while (ended.contains(false)) {
                List<Sent> next = next();
                records.addAll(next);
            }
            return records;
        }

        /** The next records, which may be none; waits for them. */
        List<Sent> next() {
            while (ended.contains(false)) {
                bell.drainPermits();
                for (int i = 0; i < readers.size(); i++) {
                    Item item = readers.get(i).poll();
                    if (item instanceof RecordChunk chunk) {
                        return recordsOf(chunk);
                    }
                    if (item != null) {
                        onEvent(i, (ControlEvent) item);
                        return List.of();
                    }
                }
                awaitBell();
            }
            return List.of();
        }

        private void onEvent(int reader, ControlEvent event) {
            if (event.equals(new ControlEvent.Watermark(Long.MAX_VALUE))) {
                timeIsOver.set(reader, true);
            } else if (event.equals(new ControlEvent.EndOfInput()) && timeIsOver.get(reader)) {
                ended.set(reader, true);
            } else {
                throw new AssertionError(event + " when time is over: " + timeIsOver);
            }
        }

        private void awaitBell() {
            try {
                if (!bell.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError("nobody said that there is more; ended: " + ended);
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            readers.forEach(ChannelReader::close);
        }
    }

    private List<Sent> recordsOf(RecordChunk chunk) {
        List<Sent> records = new ArrayList<>();
        for (int i = 0; i < chunk.size; i++) {
            records.add(
                    new Sent(
                            chunk.values[i], chunk.timestampMs(i), keyed ? chunk.keyHashes[i] : 0));
        }
        return records;
    }
}
