package io.millrace.client;

import io.millrace.yarn.submit.ApplicationState;
import io.millrace.yarn.submit.YarnApplications;
import java.time.Duration;
import picocli.CommandLine.Option;

/**
 * What becomes of an application when the command that waits for it is told to end, by Ctrl-C or
 * SIGTERM: it runs on, and the command says how to come back to it; or it is cancelled, if that was
 * asked for. Filled by picocli; then the waiting thread says what it waits for, and the JVM's
 * shutdown acts.
 */
final class OnSignal {
    /** A master that is asked to cancel gets this long; then YARN ends the application. */
    private static final Duration IN_ORDER = Duration.ofSeconds(10);

    @Option(
            names = {"--cancel-on-interrupt", "-sae", "--shutdownOnAttachedExit"},
            description = "Ctrl-C or SIGTERM cancels the job, too.")
    private boolean cancel;

    // Both written by the waiting thread, read by the JVM's shutdown.
    private volatile YarnApplications applications;
    private volatile String applicationId;

    /** From here on the process's end is that of the wait. */
    void attach(String id, YarnApplications cluster, Surroundings surroundings) {
        watch(id, cluster);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> act(surroundings), "on-interrupt"));
    }

    void watch(String id, YarnApplications cluster) {
        applications = cluster;
        applicationId = id;
    }

    /** The wait is over. */
    void detach() {
        applicationId = null;
    }

    /** On the JVM's shutdown. */
    void act(Surroundings surroundings) {
        String id = applicationId;
        if (id == null) {
            return;
        }
        if (cancel) {
            Cancellation cancellation = new Cancellation(surroundings, applications);
            ApplicationState state = applications.find(id);
            if (!state.phase().isTerminal()) {
                cancellation.ask(state);
                if (!cancellation.await(id, IN_ORDER).phase().isTerminal()) {
                    applications.kill(id);
                }
            }
            surroundings.err().println("Cancelled " + id + ".");
        } else {
            surroundings
                    .err()
                    .println(
                            id
                                    + " runs on. To wait for it again: millrace wait "
                                    + id
                                    + ". To cancel it: millrace cancel "
                                    + id);
        }
        surroundings.err().flush();
    }
}
