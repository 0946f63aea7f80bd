package io.millrace.api.stream;

import io.millrace.api.cache.CacheFiles;
import io.millrace.api.cache.CacheSink;
import io.millrace.api.cache.CacheSource;
import io.millrace.api.file.Path;
import io.millrace.api.function.FilterFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.stream.Draft.Branch;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.type.TypeInformation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What is behind a cached stream: an operator of the program that passes records on and has them
 * written while there is no cache, and is a source that reads them once there is one. Confined to
 * the thread of {@code main()}.
 */
/* States: empty → filling (a program that writes was submitted) → full, or empty again if it failed. The
 * next program that uses the stream waits for the one that fills it.
 */
final class StreamCache<T> {
    private final StreamExecutionEnvironment environment;
    private final List<Branch> origin;
    private final TypeInformation<T> type;
    private final AbstractID id = new AbstractID();
    private final Draft draft;
    // Null while the next program need not write.
    private Draft sink;
    // Null while nothing is written.
    private CacheFiles files;
    private CompletableFuture<JobExecutionResult> filling;
    // Null while there is no cache.
    private List<Path> full;

    StreamCache(
            StreamExecutionEnvironment environment, List<Branch> origin, TypeInformation<T> type) {
        this.environment = environment;
        this.origin = origin;
        this.type = type;
        Draft before = origin.get(0).source();
        this.draft = new Draft("Cache: " + before.name, type);
        this.draft.owner = environment;
        this.draft.cache = this;
        pass();
    }

    /** Passes records on. */
    private record All<T>() implements FilterFunction<T> {
        @Override
        public boolean filter(T value) {
            return true;
        }
    }

    private void pass() {
        draft.parallelism = origin.get(0).source().parallelism;
        draft.complete(
                environment.nextId(), new OperatorSpec.FilterSpec(new All<T>()), List.of(origin));
    }

    Draft draft() {
        return draft;
    }

    AbstractID id() {
        return id;
    }

    boolean isFull() {
        settle();
        return full != null;
    }

    /** A program uses the stream: makes the operator what it must be. */
    void use() {
        settle();
        if (full != null) {
            return;
        }
        try {
            files = CacheFiles.create(id + "-" + new AbstractID());
        } catch (IOException e) {
            throw new UncheckedIOException("There is no place for a cached stream.", e);
        }
        sink = new Draft("Cache", null);
        sink.owner = environment;
        sink.parallelism = draft.parallelism;
    }

    /** The operator that writes; null if the cache is there. */
    Draft sink() {
        if (sink != null && !sink.isComplete()) {
            sink.complete(
                    environment.nextId(),
                    new OperatorSpec.SinkSpec(new CacheSink<>(files, type)),
                    List.of(List.of(Branch.of(draft))));
        }
        return sink;
    }

    /** The program that uses the stream was submitted. */
    void submitted(JobClient client) {
        if (sink != null) {
            sink = null;
            filling = client.getJobExecutionResult();
        }
    }

    /** Waits for the program that writes, if there is one. */
    private void settle() {
        if (filling == null) {
            return;
        }
        try {
            filling.join();
            full = files.list();
            draft.complete(
                    environment.nextId(),
                    new OperatorSpec.SourceSpec(
                            new CacheSource<>(full, type), WatermarkStrategy.noWatermarks()),
                    List.of());
        } catch (CompletionException | java.util.concurrent.CancellationException e) {
            // That program's own failure was told to whoever waited for it: the next one tries
            // again.
            files.remove();
        } finally {
            filling = null;
        }
    }

    void invalidate() {
        settle();
        if (files != null) {
            files.remove();
        }
        if (full != null) {
            full = null;
            pass();
        }
    }
}
