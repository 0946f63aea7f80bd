package io.millrace.api.stream;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.JobExecutor;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Which engine programs of this process run on, and with what they begin. Thread-safe.
 *
 * <p>Static, because {@code StreamExecutionEnvironment.getExecutionEnvironment()} is, in every
 * program that exists: whoever calls {@code main()} can hand it nothing but this.
 */
final class Executors {
    /** Written by who starts {@code main()}, read by the thread that runs it. */
    private static final AtomicReference<JobExecutor> INSTALLED = new AtomicReference<>();

    /** Written by who runs programs in tests, read by the thread that runs them. */
    private static final AtomicReference<StreamExecutionEnvironmentFactory> ENVIRONMENTS =
            new AtomicReference<>();

    /** Written and read by programs; 0 if none has set it. */
    private static final AtomicInteger DEFAULT_PARALLELISM = new AtomicInteger();

    /** Guarded by the class; null until it is needed. */
    private static Embedded embedded;

    private Executors() {}

    /** Null if nobody has said how environments are made. */
    static StreamExecutionEnvironmentFactory environments() {
        return ENVIRONMENTS.get();
    }

    static void makeEnvironmentsWith(StreamExecutionEnvironmentFactory factory) {
        ENVIRONMENTS.set(factory);
    }

    /** 0 if none has been set. */
    static int defaultParallelism() {
        return DEFAULT_PARALLELISM.get();
    }

    static void setDefaultParallelism(int parallelism) {
        DEFAULT_PARALLELISM.set(parallelism);
    }

    static void install(JobExecutor executor) {
        INSTALLED.set(executor);
    }

    static void clear() {
        INSTALLED.set(null);
    }

    /** The installed one, else the embedded engine, else null. */
    static JobExecutor current() {
        JobExecutor installed = INSTALLED.get();
        return installed != null ? installed : embedded();
    }

    /**
     * The engine on the class path, or null. It runs programs of one class loader: who calls with
     * another context class loader gets another one, and jobs of the earlier one go on.
     */
    static synchronized JobExecutor embedded() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (embedded == null || embedded.context != context) {
            embedded = new Embedded(context, find(context));
        }
        return embedded.executor;
    }

    static MillraceException missing() {
        return new MillraceException(
                ErrorCode.CLUSTER_NOT_CONFIGURED,
                "there is no engine to run the program on: only the API is on the class path. Add"
                        + " millrace-host to run it in this process, or submit its jar with 'millrace"
                        + " run'.");
    }

    /**
     * An engine of this process.
     *
     * @param context the class loader of its programs
     * @param executor null if there is none on the class path
     */
    private record Embedded(ClassLoader context, JobExecutor executor) {}

    private static JobExecutor find(ClassLoader context) {
        return ServiceLoader.load(JobExecutor.class, context)
                .findFirst()
                .or(
                        () ->
                                ServiceLoader.load(
                                                JobExecutor.class, Executors.class.getClassLoader())
                                        .findFirst())
                .orElse(null);
    }
}
