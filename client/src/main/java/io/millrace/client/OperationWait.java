package io.millrace.client;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.client.job.JobRest;
import io.millrace.client.job.OperationAnswer;
import io.millrace.runtime.checkpoint.SavepointDirectory;
import io.millrace.yarn.submit.ApplicationState;
import io.millrace.yarn.submit.YarnApplications;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Asks an application master for an operation and waits for its outcome. It is asked under an id
 * that this command has drawn, and again when no answer comes: the same id is the same operation.
 * Confined to one thread, but for the shutdown's.
 */
final class OperationWait {
    private static final long LOOK_EVERY_MS = 300;
    private static final long TELL_EVERY_MS = 5_000;
    private static final int ID_BYTES = 16;

    /** What is asked for, and how. */
    @FunctionalInterface
    interface Request {
        /**
         * @param operationId drawn by this command
         * @throws IOException if it is not known whether it was heard
         */
        void send(JobRest rest, String operationId) throws IOException;
    }

    private final Surroundings surroundings;
    private final YarnApplications applications;
    private final RunningJob job;
    private final long timeoutMs;
    private volatile String waitsFor; // read by the JVM's shutdown; null while nothing goes on
    private String place;

    /**
     * @param timeoutSeconds after which the command ends and the operation goes on; 0 for never
     */
    OperationWait(
            Surroundings surroundings,
            YarnApplications applications,
            RunningJob job,
            int timeoutSeconds) {
        this.surroundings = surroundings;
        this.applications = applications;
        this.job = job;
        this.timeoutMs =
                timeoutSeconds == 0 ? Long.MAX_VALUE : TimeUnit.SECONDS.toMillis(timeoutSeconds);
    }

    static String draw() {
        byte[] bytes = new byte[ID_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Asks, and waits. Prints the path of the savepoint, if it makes one, on standard output.
     *
     * @param ends whether the job ends with it
     * @param request null if it was asked for before
     */
    int run(String operationId, String what, boolean ends, Request request) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::onInterrupt, "on-interrupt"));
        waitsFor = operationId;
        try {
            OperationAnswer answer = outcome(operationId, what, ends, request);
            if (answer.failureCode() != null) {
                throw new MillraceException(codeOf(answer.failureCode()), answer.failureText());
            }
            if (answer.note() != null) {
                surroundings.err().println(answer.note());
            }
            if (answer.location() != null) {
                surroundings.err().println("Savepoint completed. Path:");
                surroundings.err().flush();
                surroundings.out().println(answer.location());
                surroundings.out().flush();
            }
            return 0;
        } finally {
            waitsFor = null;
        }
    }

    private void onInterrupt() {
        String id = waitsFor;
        if (id != null) {
            surroundings.err().println(goesOn(id));
            surroundings.err().flush();
        }
    }

    private String goesOn(String id) {
        return "The operation goes on. To wait for it again: millrace savepoint --operation "
                + id
                + " "
                + job.jobId()
                + " (application "
                + job.applicationId()
                + ")";
    }

    private OperationAnswer outcome(String id, String what, boolean ends, Request request) {
        long beganNanos = System.nanoTime();
        long toldMs = 0;
        boolean heard = request == null;
        surroundings.err().println(what + " of job " + job.jobId() + " (operation " + id + ")");
        surroundings.err().flush();
        while (true) {
            long sinceMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
            ApplicationState state = applications.find(job.applicationId());
            Optional<JobRest> rest = RunningJob.rest(state, surroundings);
            if (state.phase().isTerminal()) {
                return afterTheEnd(state, id, ends);
            }
            String now = "waits for the application master";
            if (rest.isPresent()) {
                try {
                    if (!heard) {
                        request.send(rest.get(), id);
                        heard = true;
                    }
                    OperationAnswer answer = rest.get().operation(job.jobId(), id);
                    if (answer.over()) {
                        return answer;
                    }
                    place = answer.place() == null ? place : answer.place();
                    now = answer.state().toLowerCase(Locale.ROOT);
                } catch (IOException e) {
                    now = "no answer (" + e.getMessage() + "), asking again";
                } catch (MillraceException e) {
                    if (!comesBack(e.code())) {
                        throw e;
                    }
                    now = "the application master changes, asking again";
                }
            }
            if (sinceMs > timeoutMs) {
                throw new MillraceException(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "no outcome after " + timeoutMs / 1000 + " s. " + goesOn(id) + ".");
            }
            if (sinceMs - toldMs >= TELL_EVERY_MS) {
                toldMs = sinceMs;
                surroundings.err().println("  " + sinceMs / 1000 + " s: " + now);
                surroundings.err().flush();
            }
            pause();
        }
    }

    /** Whether another master, or the same a moment later, may answer. */
    private static boolean comesBack(ErrorCode code) {
        return code == ErrorCode.LEADERSHIP_LOST || code == ErrorCode.INTERNAL;
    }

    /** The application is gone, and its master with it: storage tells. */
    private OperationAnswer afterTheEnd(ApplicationState state, String id, boolean ends) {
        if (ends && place != null) {
            Connections.toFiles(surroundings);
            if (SavepointDirectory.isWhole(place)) {
                return OperationAnswer.foundAt(place);
            }
        }
        throw new MillraceException(
                ErrorCode.OUTCOME_UNKNOWN,
                job.applicationId()
                        + " has ended ("
                        + state.phase()
                        + ") before it told the outcome of operation "
                        + id
                        + (place == null
                                ? "; no savepoint of it had begun."
                                : "; its savepoint was to be " + place + ".")
                        + " 'millrace logs "
                        + job.applicationId()
                        + "' tells more.");
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.OUTCOME_UNKNOWN, "interrupted.", e);
        }
    }

    private static ErrorCode codeOf(String name) {
        try {
            return ErrorCode.valueOf(name);
        } catch (IllegalArgumentException e) {
            return ErrorCode.INTERNAL;
        }
    }
}
