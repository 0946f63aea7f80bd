package io.millrace.connector.file;

import io.millrace.api.metric.SplitEnumeratorMetricGroup;
import io.millrace.api.source.ReaderInfo;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.source.SplitsAssignment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

/** The host of an enumerator; what is to run from time to time runs when the test says so. */
final class FakeEnumeration implements SplitEnumeratorContext<FileSourceSplit> {
    final Map<Integer, List<FileSourceSplit>> assigned = new HashMap<>();
    final FakeMetrics metrics = new FakeMetrics();
    final TreeSet<Integer> ended = new TreeSet<>();
    final TreeSet<Integer> gone = new TreeSet<>();
    private final List<Runnable> periodic = new ArrayList<>();

    /** Lets everything that runs from time to time run once. */
    void tick() {
        List.copyOf(periodic).forEach(Runnable::run);
    }

    /** Names of the files that a reader has been given. */
    List<String> filesOf(int subtask) {
        return assigned.getOrDefault(subtask, List.of()).stream()
                .map(split -> split.path().getName())
                .toList();
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        return metrics;
    }

    @Override
    public void sendEventToSourceReader(int subtaskId, SourceEvent event) {}

    @Override
    public int currentParallelism() {
        return 4;
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        Map<Integer, ReaderInfo> readers = new HashMap<>();
        for (int i = 0; i < currentParallelism(); i++) {
            if (!gone.contains(i)) {
                readers.put(i, new ReaderInfo(i, "host" + i));
            }
        }
        return readers;
    }

    @Override
    public void assignSplits(SplitsAssignment<FileSourceSplit> assignment) {
        assignment
                .assignment()
                .forEach(
                        (subtask, splits) ->
                                assigned.computeIfAbsent(subtask, s -> new ArrayList<>())
                                        .addAll(splits));
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
        ended.add(subtask);
    }

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        call(callable, handler);
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
