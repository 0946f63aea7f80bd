package io.millrace.host.sweep;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.coordinator.operation.Operation;
import io.millrace.coordinator.operation.OperationKind;
import io.millrace.coordinator.operation.OperationView;
import io.millrace.host.CoordinatorHost;
import io.millrace.runtime.plan.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;

/**
 * What somebody asks of a running job. It is written to a file; each leader that finds it asks
 * itself, as a client does that asks every leader under the same id until one tells it the end.
 */
enum Request {
    NONE,
    SAVEPOINT,
    /** A savepoint that workers write as tables. */
    TABLES,
    /** Ends the job with a savepoint. */
    STOP,
    RESCALE,
    /** To a parallelism at which the program does not run. */
    RESCALE_IN_VAIN;

    static final String COMPLETED = "COMPLETED";
    static final String FAILED = "FAILED";

    private static final String FILE = "request";
    private static final String ID = "swept";

    boolean isSavepoint() {
        return this == SAVEPOINT || this == STOP;
    }

    boolean rescales() {
        return this == RESCALE || this == RESCALE_IN_VAIN;
    }

    /**
     * Asks for it.
     *
     * @param target where a savepoint is to be
     * @param parallelism that a job is to be rescaled to
     */
    void write(Path application, String jobId, Path target, int parallelism) throws IOException {
        Path aside = application.resolve(FILE + ".new");
        Files.write(
                aside,
                List.of(name(), jobId, target.toUri().toString(), String.valueOf(parallelism)));
        Files.move(aside, application.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether anybody has asked an application for anything. */
    static boolean isIn(Path application) {
        return Files.exists(application.resolve(FILE));
    }

    /** A thread of a leader that asks when there is something to ask for, and says the outcome. */
    static Thread ask(Path application, CoordinatorHost host) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                await(application);
                                say(host.operate(operation(application)).get());
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt(); // nobody has asked
                            } catch (Exception e) {
                                e.printStackTrace(System.out);
                            }
                        },
                        "asks");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Until somebody, another process, has asked. */
    private static void await(Path application) throws IOException, InterruptedException {
        try (WatchService changes = application.getFileSystem().newWatchService()) {
            WatchKey key = application.register(changes, StandardWatchEventKinds.ENTRY_CREATE);
            while (!isIn(application)) { // it may have been before the watch began
                changes.take();
                key.pollEvents();
                key.reset();
            }
        }
    }

    private static void say(OperationView view) {
        ProcessMain.say("OUTCOME " + view.state() + " " + view.path());
        System.out.println(view);
    }

    private static Operation operation(Path application) {
        try {
            List<String> lines = Files.readAllLines(application.resolve(FILE));
            JobId jobId = new JobId(lines.get(1));
            return switch (valueOf(lines.get(0))) {
                case SAVEPOINT ->
                        savepoint(
                                jobId,
                                OperationKind.SAVEPOINT,
                                lines.get(2),
                                SavepointFormatType.NATIVE);
                case TABLES ->
                        savepoint(
                                jobId,
                                OperationKind.SAVEPOINT,
                                lines.get(2),
                                SavepointFormatType.CANONICAL);
                case STOP ->
                        savepoint(
                                jobId,
                                OperationKind.STOP_WITH_SAVEPOINT,
                                lines.get(2),
                                SavepointFormatType.NATIVE);
                case RESCALE, RESCALE_IN_VAIN ->
                        Operation.rescale(ID, jobId, Integer.parseInt(lines.get(3)), "the sweep");
                case NONE -> throw new IllegalStateException(lines.toString());
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Operation savepoint(
            JobId jobId, OperationKind kind, String target, SavepointFormatType format) {
        return new Operation(ID, jobId, kind, target, format, "the sweep");
    }
}
