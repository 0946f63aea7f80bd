package io.millrace.runtime.operator;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.DistributedCache;
import io.millrace.api.function.UserCodeClassLoader;
import io.millrace.api.stream.ExecutionConfig.GlobalJobParameters;
import io.millrace.runtime.plan.JobAttachments;
import io.millrace.runtime.serde.JavaSerialization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the tasks of one job share in a worker: its cached files, its parameters, and what is to be
 * done when the job has gone. Thread-safe.
 */
public final class JobScope implements UserCodeClassLoader, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobScope.class);

    private final JobAttachments attachments;
    private final ClassLoader userLoader;
    private final CachedFiles files;
    private final DistributedCache cache;
    private final Map<String, Runnable> releaseHooks = new LinkedHashMap<>(); // guarded by this

    /**
     * @param directory of this job's own in this worker; made when the first file is fetched,
     *     removed with the job
     */
    public JobScope(JobAttachments attachments, ClassLoader userLoader, Path directory) {
        this.attachments = attachments;
        this.userLoader = userLoader;
        this.files = new CachedFiles(attachments.cachedFiles(), directory);
        this.cache = new DistributedCache(files::get);
    }

    /** A new object for each caller; null if the program registered none. */
    GlobalJobParameters parameters() {
        byte[] bytes = attachments.parameters();
        return bytes == null
                ? null
                : JavaSerialization.read(bytes, userLoader, GlobalJobParameters.class);
    }

    DistributedCache cache() {
        return cache;
    }

    @Override
    public ClassLoader asClassLoader() {
        return userLoader;
    }

    @Override
    public synchronized void registerReleaseHookIfAbsent(String releaseHookName, Runnable hook) {
        releaseHooks.putIfAbsent(
                Objects.requireNonNull(releaseHookName, "name"),
                Objects.requireNonNull(hook, "hook"));
    }

    /** Runs the hooks, whatever they throw, and removes the files. Idempotent. */
    @Override
    public void close() {
        List<Map.Entry<String, Runnable>> hooks;
        synchronized (this) {
            hooks = new ArrayList<>(releaseHooks.entrySet());
            releaseHooks.clear();
        }
        for (Map.Entry<String, Runnable> hook : hooks) {
            try {
                hook.getValue().run();
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("A release hook of user code failed. hook={}", hook.getKey(), e);
            }
        }
        files.close();
    }

    static MillraceException noBroadcastVariables(String name) {
        return new MillraceException(
                ErrorCode.PROGRAM_INVALID,
                "there is no broadcast variable '"
                        + name
                        + "': data streams have none. Use broadcast state, or the distributed"
                        + " cache for a fixed file.");
    }
}
