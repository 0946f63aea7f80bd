package io.millrace.connector.kafka.source;

import io.millrace.api.metric.SplitEnumeratorMetricGroup;
import io.millrace.api.source.ReaderInfo;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.source.SplitsAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

/** The host of an enumerator. What would run beside it runs when the test says so. */
final class Enumeration implements SplitEnumeratorContext<KafkaPartitionSplit> {
    final Map<String, KafkaPartitionSplit> assigned = new TreeMap<>();
    final Map<String, Integer> owners = new TreeMap<>();
    final TreeSet<Integer> ended = new TreeSet<>();
    private final int parallelism;
    private final TreeMap<Integer, ReaderInfo> readers = new TreeMap<>();
    private final List<Runnable> once = new ArrayList<>();
    private final List<Runnable> periodic = new ArrayList<>();

    Enumeration(int parallelism) {
        this.parallelism = parallelism;
    }

    /** All readers come. */
    Enumeration register(KafkaSourceEnumerator enumerator) {
        for (int subtask = 0; subtask < parallelism; subtask++) {
            readers.put(subtask, new ReaderInfo(subtask, "localhost"));
            enumerator.addReader(subtask);
        }
        return this;
    }

    /** Lets everything that waits run once. */
    void tick() {
        List<Runnable> due = List.copyOf(once);
        once.clear();
        due.forEach(Runnable::run);
        List.copyOf(periodic).forEach(Runnable::run);
    }

    List<KafkaPartitionSplit> splits() {
        return List.copyOf(assigned.values());
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        return new Measured();
    }

    @Override
    public void sendEventToSourceReader(int subtaskId, SourceEvent event) {
        throw new UnsupportedOperationException("readers get splits and nothing else");
    }

    @Override
    public int currentParallelism() {
        return parallelism;
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        return readers;
    }

    @Override
    public void assignSplits(SplitsAssignment<KafkaPartitionSplit> assignment) {
        assignment
                .assignment()
                .forEach(
                        (subtask, splits) ->
                                splits.forEach(
                                        split -> {
                                            assigned.put(split.splitId(), split);
                                            owners.put(split.splitId(), subtask);
                                        }));
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
        ended.add(subtask);
    }

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        once.add(() -> call(callable, handler));
    }

    @Override
    public <T> void callAsync(
            Callable<T> callable,
            BiConsumer<T, Throwable> handler,
            long initialDelayMillis,
            long periodMillis) {
        periodic.add(() -> call(callable, handler));
    }

    private static <T> void call(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        T result;
        try {
            result = callable.call();
        } catch (Exception e) {
            handler.accept(null, e);
            return;
        }
        handler.accept(result, null);
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
        runnable.run();
    }
}
