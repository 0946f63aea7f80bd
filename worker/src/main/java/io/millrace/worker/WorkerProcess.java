package io.millrace.worker;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that is one worker: signals, uncaught errors, exit code. The last word of a worker's
 * {@code main}: {@code System.exit(WorkerProcess.run(() -> Worker.start(…)))}.
 */
public final class WorkerProcess {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);
    // YARN kills 250 ms after the polite signal by default, other supervisors after 10 s; no use in
    // holding out longer than either.
    private static final long SIGNAL_PATIENCE_MS = TimeUnit.SECONDS.toMillis(8);

    private WorkerProcess() {}

    /**
     * Starts the worker and waits for its end. A polite signal cancels the tasks and says goodbye
     * to the coordinator. An error in an engine thread ends the process at once with {@link
     * WorkerExit#DEFECT}, stuck user code with {@link WorkerExit#TASKS_STUCK}; neither waits for
     * shutdown hooks.
     *
     * @return the exit code
     */
    public static int run(Supplier<Worker> start) throws InterruptedException {
        dieOfUncaughtErrors();
        Worker worker = start.get();
        Thread hook = new Thread(() -> endPolitely(worker), "worker-signal");
        Runtime.getRuntime().addShutdownHook(hook);
        WorkerExit exit = worker.awaitExit();
        LOG.info("Ended: exit={} code={}", exit, exit.code());
        if (exit == WorkerExit.TASKS_STUCK || exit == WorkerExit.DEFECT) {
            Runtime.getRuntime().halt(exit.code());
        }
        return exit.code();
    }

    private static void endPolitely(Worker worker) {
        worker.stop("the process was told to end");
        try {
            worker.awaitExit(SIGNAL_PATIENCE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Engine threads run with the engine's class loader; a thread that user code has started
     * inherits the user's. The former take the process with them, the latter do not, unless the JVM
     * itself is in trouble.
     */
    private static void dieOfUncaughtErrors() {
        ClassLoader engine = WorkerProcess.class.getClassLoader();
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, error) -> {
                    boolean ours = thread.getContextClassLoader() == engine;
                    if (!ours && !(error instanceof VirtualMachineError)) {
                        LOG.warn("A thread of user code died: thread={}", thread.getName(), error);
                        return;
                    }
                    try {
                        LOG.error("An engine thread died: thread={}", thread.getName(), error);
                    } finally {
                        Runtime.getRuntime().halt(WorkerExit.DEFECT.code());
                    }
                });
    }
}
