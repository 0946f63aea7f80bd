package io.millrace.host.usercode;

import io.millrace.api.metric.SplitEnumeratorMetricGroup;
import io.millrace.api.source.ReaderInfo;
import io.millrace.api.source.RichSplitEnumeratorContext;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SourceSplit;
import io.millrace.api.source.SplitsAssignment;
import io.millrace.coordinator.Event;
import io.millrace.runtime.metrics.EnumeratorGroup;
import io.millrace.runtime.serde.JavaSerialization;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an enumerator sees of its job. Confined to the enumerator's thread, but for {@link
 * #runInCoordinatorThread} and the two {@code callAsync}, which any thread may call.
 */
final class EnumeratorContext<SplitT extends SourceSplit>
        implements RichSplitEnumeratorContext<SplitT> {
    private static final Logger LOG = LoggerFactory.getLogger(EnumeratorContext.class);

    private final EnumeratorRunner.Identity identity;
    private final int parallelism;
    private final SimpleVersionedSerializer<SplitT> serializer;
    private final EnumeratorRunner runner;
    private final ScheduledExecutorService asyncThread;
    private final ClassLoader userLoader;
    private final EnumeratorGroup metrics;
    private final Consumer<Event> events;
    // By subtask and attempt.
    private final TreeMap<Integer, TreeMap<Integer, ReaderInfo>> readers = new TreeMap<>();
    private boolean hearsAttempts;

    EnumeratorContext(
            EnumeratorRunner.Identity identity,
            int parallelism,
            SimpleVersionedSerializer<SplitT> serializer,
            EnumeratorRunner runner,
            ScheduledExecutorService asyncThread,
            ClassLoader userLoader,
            EnumeratorGroup metrics,
            Consumer<Event> events) {
        this.identity = identity;
        this.parallelism = parallelism;
        this.serializer = serializer;
        this.runner = runner;
        this.asyncThread = asyncThread;
        this.userLoader = userLoader;
        this.metrics = metrics;
        this.events = events;
    }

    /** The enumerator is told of each attempt; else of the first of each subtask. */
    void hearAttempts() {
        hearsAttempts = true;
    }

    void registered(int subtask, int attempt, String host) {
        readers.computeIfAbsent(subtask, key -> new TreeMap<>())
                .put(attempt, new ReaderInfo(subtask, host));
    }

    /** An attempt has ended without success. */
    void gone(int subtask, int attempt) {
        readers.computeIfPresent(
                subtask,
                (key, attempts) -> {
                    attempts.remove(attempt);
                    return attempts.isEmpty() ? null : attempts;
                });
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        return metrics;
    }

    @Override
    public int currentParallelism() {
        return parallelism;
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        Map<Integer, ReaderInfo> bySubtask = new TreeMap<>();
        readers.forEach(
                (subtask, attempts) -> bySubtask.put(subtask, attempts.firstEntry().getValue()));
        return Collections.unmodifiableMap(bySubtask);
    }

    @Override
    public Map<Integer, Map<Integer, ReaderInfo>> registeredReadersOfAttempts() {
        Map<Integer, Map<Integer, ReaderInfo>> bySubtask = new TreeMap<>();
        readers.forEach(
                (subtask, attempts) ->
                        bySubtask.put(
                                subtask, Collections.unmodifiableMap(new TreeMap<>(attempts))));
        return Collections.unmodifiableMap(bySubtask);
    }

    @Override
    public void assignSplits(SplitsAssignment<SplitT> assignment) {
        assignment.assignment().keySet().forEach(this::checkSubtask);
        new TreeMap<>(assignment.assignment())
                .forEach((subtask, splits) -> tell(subtask, serialized(splits), false));
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
        checkSubtask(subtask);
        tell(subtask, List.of(), true);
    }

    private void tell(int subtask, List<byte[]> splits, boolean noMoreSplits) {
        events.accept(
                new Event.SplitsAssigned(
                        identity.jobId(),
                        identity.vertexId(),
                        identity.operatorIndex(),
                        identity.generation(),
                        subtask,
                        serializer.getVersion(),
                        splits,
                        noMoreSplits));
    }

    @Override
    public void sendEventToSourceReader(int subtask, SourceEvent event) {
        checkSubtask(subtask);
        say(subtask, Event.EnumeratorSpoke.ALL_ATTEMPTS, event);
    }

    private void say(int subtask, int attempt, SourceEvent event) {
        events.accept(
                new Event.EnumeratorSpoke(
                        identity.jobId(),
                        identity.vertexId(),
                        identity.operatorIndex(),
                        identity.generation(),
                        subtask,
                        attempt,
                        JavaSerialization.write(event, "event for reader " + subtask)));
    }

    @Override
    public void sendEventToSourceReader(int subtask, int attempt, SourceEvent event) {
        checkSubtask(subtask);
        if (readers.getOrDefault(subtask, new TreeMap<>()).containsKey(attempt)) {
            say(subtask, hearsAttempts ? attempt : Event.EnumeratorSpoke.ALL_ATTEMPTS, event);
        } else {
            LOG.debug(
                    "An event goes nowhere, since the attempt has ended. subtask={} attempt={} {}",
                    subtask,
                    attempt,
                    identity);
        }
    }

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        submit(() -> asyncThread.execute(() -> call(callable, handler)));
    }

    @Override
    public <T> void callAsync(
            Callable<T> callable,
            BiConsumer<T, Throwable> handler,
            long initialDelayMillis,
            long periodMillis) {
        submit(
                () ->
                        asyncThread.scheduleAtFixedRate(
                                () -> call(callable, handler),
                                initialDelayMillis,
                                periodMillis,
                                TimeUnit.MILLISECONDS));
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
        runner.post("runInCoordinatorThread", runnable::run);
    }

    private <T> void call(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        Thread.currentThread().setContextClassLoader(userLoader);
        T result = null;
        Throwable failure = null;
        try {
            result = callable.call();
        } catch (Throwable e) { // user code; its own handler decides what that means
            failure = e;
        }
        T found = result;
        Throwable thrown = failure;
        runner.post("the handler of callAsync", () -> handler.accept(found, thrown));
    }

    @Override
    public byte[] serializeObject(Serializable object) {
        return JavaSerialization.write(object, "the state of an enumerator");
    }

    @Override
    public <T> T deserializeObject(byte[] bytes, Class<T> type) {
        return JavaSerialization.read(bytes, userLoader, type);
    }

    private static void submit(Runnable submission) {
        try {
            submission.run();
        } catch (RejectedExecutionException e) {
            // The enumerator is being closed: nobody waits for the answer.
        }
    }

    private List<byte[]> serialized(List<SplitT> splits) {
        List<byte[]> bytes = new ArrayList<>(splits.size());
        for (SplitT split : splits) {
            try {
                bytes.add(serializer.serialize(split));
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "split " + split.splitId() + ": " + e.getMessage(), e);
            }
        }
        return bytes;
    }

    private void checkSubtask(int subtask) {
        if (subtask < 0 || subtask >= parallelism) {
            throw new IllegalArgumentException(
                    "subtask "
                            + subtask
                            + " does not exist: the source's parallelism is "
                            + parallelism);
        }
    }
}
