package io.millrace.testutils.connector;

import io.millrace.api.function.UserCodeClassLoader;
import io.millrace.api.metric.SourceReaderMetricGroup;
import io.millrace.api.metric.SplitEnumeratorMetricGroup;
import io.millrace.api.option.Configuration;
import io.millrace.api.source.InputStatus;
import io.millrace.api.source.ReaderInfo;
import io.millrace.api.source.ReaderOutput;
import io.millrace.api.source.RichSplitEnumeratorContext;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SourceOutput;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitsAssignment;
import io.millrace.api.time.Watermark;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;
import io.millrace.runtime.serde.JavaSerialization;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * An enumerator and its readers, step by step on the test's thread. What readers ask for waits
 * until the next step, as messages do.
 */
final class SourceRun<T, SplitT extends SourceSplit, CheckpointT>
        implements RichSplitEnumeratorContext<SplitT>, AutoCloseable {
    private static final long LONGEST_WAIT_S = 20;

    private final Source<T, SplitT, CheckpointT> source;
    private final int parallelism;
    private final List<T> records;
    private final SplitEnumerator<SplitT, CheckpointT> enumerator;
    private final Map<Integer, Reader> readers = new HashMap<>();
    private final Queue<Runnable> messages = new ConcurrentLinkedQueue<>();

    /** What a checkpoint has, as bytes. */
    record Saved(int enumeratorVersion, byte[] enumerator, int splitVersion, List<byte[]> splits) {}

    /**
     * @param records where the records go
     * @param saved null to begin anew
     */
    SourceRun(Source<T, SplitT, CheckpointT> source, int parallelism, List<T> records, Saved saved)
            throws Exception {
        this.source = source;
        this.parallelism = parallelism;
        this.records = records;
        this.enumerator =
                saved == null
                        ? source.createEnumerator(this)
                        : source.restoreEnumerator(
                                this,
                                source.getEnumeratorCheckpointSerializer()
                                        .deserialize(
                                                saved.enumeratorVersion(), saved.enumerator()));
        enumerator.start();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            startReader(subtask, saved == null ? List.of() : shareOf(saved, subtask));
        }
    }

    private List<SplitT> shareOf(Saved saved, int subtask) throws Exception {
        List<SplitT> share = new ArrayList<>();
        for (int i = subtask; i < saved.splits().size(); i += parallelism) {
            share.add(
                    source.getSplitSerializer()
                            .deserialize(saved.splitVersion(), saved.splits().get(i)));
        }
        return share;
    }

    private void startReader(int subtask, List<SplitT> splits) throws Exception {
        Reader reader = new Reader(subtask);
        readers.put(subtask, reader);
        reader.open();
        if (!splits.isEmpty()) {
            reader.reader.addSplits(splits);
        }
        enumerator.addReader(subtask);
    }

    private void deliver() {
        for (Runnable next = messages.poll(); next != null; next = messages.poll()) {
            next.run();
        }
    }

    /** Asks a reader for a record, as a task does; returns false if it has come to its end. */
    boolean step(int subtask) throws Exception {
        deliver();
        Reader reader = readers.get(subtask);
        if (reader.ended) {
            return false;
        }
        InputStatus status = reader.reader.pollNext(reader);
        reader.ended = status == InputStatus.END_OF_INPUT;
        if (status == InputStatus.NOTHING_AVAILABLE && messages.isEmpty()) {
            reader.idle++;
        } else {
            reader.idle = 0;
        }
        return !reader.ended;
    }

    /** Reads until so many records have come, or all readers have ended. */
    void readTo(int wanted) throws Exception {
        boolean goesOn = true;
        while (goesOn && records.size() < wanted) {
            goesOn = false;
            boolean allIdle = true;
            for (int subtask = 0; subtask < parallelism && records.size() < wanted; subtask++) {
                goesOn |= step(subtask);
                allIdle &= readers.get(subtask).ended || readers.get(subtask).idle > 0;
            }
            if (goesOn && allIdle && messages.isEmpty()) {
                await();
            }
        }
    }

    /** No reader has anything: waits for the first that does. */
    private void await() throws Exception {
        java.util.concurrent.CompletableFuture<?>[] available =
                readers.values().stream()
                        .filter(reader -> !reader.ended)
                        .map(reader -> reader.reader.isAvailable())
                        .toArray(java.util.concurrent.CompletableFuture[]::new);
        java.util.concurrent.CompletableFuture.anyOf(available)
                .get(LONGEST_WAIT_S, TimeUnit.SECONDS);
    }

    boolean hasEnded(int subtask) {
        return readers.get(subtask).ended;
    }

    /** A checkpoint: the enumerator first, then each reader. */
    Saved checkpoint(long id) throws Exception {
        deliver();
        SimpleVersionedSerializer<CheckpointT> form = source.getEnumeratorCheckpointSerializer();
        byte[] enumerated = form.serialize(enumerator.snapshotState(id));
        SimpleVersionedSerializer<SplitT> splitForm = source.getSplitSerializer();
        List<byte[]> splits = new ArrayList<>();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            for (SplitT split : readers.get(subtask).reader.snapshotState(id)) {
                splits.add(splitForm.serialize(split));
            }
        }
        return new Saved(form.getVersion(), enumerated, splitForm.getVersion(), splits);
    }

    void checkpointComplete(long id) throws Exception {
        enumerator.notifyCheckpointComplete(id);
        for (Reader reader : readers.values()) {
            reader.reader.notifyCheckpointComplete(id);
        }
    }

    /** A reader dies before any checkpoint: its splits go back, and another one takes its place. */
    void replace(int subtask) throws Exception {
        deliver();
        Reader dead = readers.remove(subtask);
        dead.reader.close();
        enumerator.addSplitsBack(List.copyOf(dead.given), subtask);
        startReader(subtask, List.of());
    }

    @Override
    public void close() throws Exception {
        for (Reader reader : readers.values()) {
            reader.reader.close();
        }
        enumerator.close();
    }

    // ---- what the enumerator sees

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        return AnyMetrics.of(SplitEnumeratorMetricGroup.class);
    }

    @Override
    public void sendEventToSourceReader(int subtaskId, SourceEvent event) {
        messages.add(() -> readers.get(subtaskId).reader.handleSourceEvents(event));
    }

    @Override
    public int currentParallelism() {
        return parallelism;
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        Map<Integer, ReaderInfo> registered = new HashMap<>();
        readers.keySet()
                .forEach(subtask -> registered.put(subtask, new ReaderInfo(subtask, "localhost")));
        return registered;
    }

    @Override
    public void assignSplits(SplitsAssignment<SplitT> assignment) {
        assignment
                .assignment()
                .forEach(
                        (subtask, splits) -> {
                            readers.get(subtask).given.addAll(splits);
                            readers.get(subtask).reader.addSplits(List.copyOf(splits));
                        });
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
        readers.get(subtask).reader.notifyNoMoreSplits();
    }

    @Override
    public <R> void callAsync(Callable<R> callable, BiConsumer<R, Throwable> handler) {
        messages.add(
                () -> {
                    R result;
                    try {
                        result = callable.call();
                    } catch (Exception e) {
                        handler.accept(null, e);
                        return;
                    }
                    handler.accept(result, null);
                });
    }

    /** Once: no time passes in a contract. */
    @Override
    public <R> void callAsync(
            Callable<R> callable,
            BiConsumer<R, Throwable> handler,
            long initialDelayMillis,
            long periodMillis) {
        callAsync(callable, handler);
    }

    @Override
    public byte[] serializeObject(Serializable object) {
        return JavaSerialization.write(object, "the state of an enumerator");
    }

    @Override
    public <R> R deserializeObject(byte[] bytes, Class<R> type) {
        return JavaSerialization.read(bytes, getClass().getClassLoader(), type);
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
        messages.add(runnable);
    }

    /** A reader, its task and its output. Confined to the test, but for what it asks for. */
    private final class Reader implements SourceReaderContext, ReaderOutput<T> {
        private final int subtask;
        private final List<SplitT> given = new ArrayList<>();
        private SourceReader<T, SplitT> reader;
        private boolean ended;
        private int idle;

        Reader(int subtask) {
            this.subtask = subtask;
        }

        void open() throws Exception {
            reader = source.createReader(this);
            reader.start();
        }

        @Override
        public SourceReaderMetricGroup metricGroup() {
            return AnyMetrics.of(SourceReaderMetricGroup.class);
        }

        @Override
        public Configuration getConfiguration() {
            return new Configuration();
        }

        @Override
        public String getLocalHostName() {
            return "localhost";
        }

        @Override
        public int getIndexOfSubtask() {
            return subtask;
        }

        @Override
        public void sendSplitRequest() {
            messages.add(
                    () -> {
                        if (readers.get(subtask) == this) {
                            enumerator.handleSplitRequest(subtask, "localhost");
                        }
                    });
        }

        @Override
        public void sendSourceEventToCoordinator(SourceEvent sourceEvent) {
            messages.add(
                    () -> {
                        if (readers.get(subtask) == this) {
                            enumerator.handleSourceEvent(subtask, sourceEvent);
                        }
                    });
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return SourceRun.class::getClassLoader;
        }

        @Override
        public int currentParallelism() {
            return parallelism;
        }

        @Override
        public <V> ValueCodec<V> createValueCodec(TypeInformation<V> type) {
            throw new UnsupportedOperationException(
                    "No codecs are made in the contract of sources: test the source in a job.");
        }

        @Override
        public void collect(T record) {
            records.add(record);
        }

        @Override
        public void collect(T record, long timestamp) {
            records.add(record);
        }

        @Override
        public SourceOutput<T> createOutputForSplit(String splitId) {
            return this;
        }

        @Override
        public void releaseOutputForSplit(String splitId) {}

        @Override
        public void emitWatermark(Watermark watermark) {}

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}
    }
}
