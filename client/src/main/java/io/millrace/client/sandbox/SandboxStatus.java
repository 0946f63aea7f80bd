package io.millrace.client.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What one look at the sandbox saw. Immutable.
 *
 * @param directory the sandbox's root
 * @param confDir what to give clients as {@code HADOOP_CONF_DIR}
 * @param daemons without optional ones that were not started
 */
public record SandboxStatus(Path directory, Path confDir, List<DaemonStatus> daemons) {
    public SandboxStatus {
        daemons = List.copyOf(daemons);
    }

    /** The states of a daemon. */
    public enum State {
        /** Ready for clients. */
        READY,
        /** The process lives and does not answer as it should, or not yet. */
        STARTING,
        /** There is a record of a process that has ended by itself. */
        DEAD,
        STOPPED
    }

    /**
     * @param pid zero if there is no process
     * @param address empty unless a process lives
     * @param rssBytes resident memory; zero if unknown
     */
    public record DaemonStatus(
            Daemon daemon, State state, long pid, String address, long rssBytes, Path log) {}

    /** The daemon; empty if it is optional and was not started. */
    public Optional<DaemonStatus> of(Daemon daemon) {
        return daemons.stream().filter(status -> status.daemon() == daemon).findFirst();
    }

    /** Whether every daemon is ready. */
    public boolean ready() {
        return daemons.stream().allMatch(daemon -> daemon.state() == State.READY);
    }

    /** Whether no daemon's process lives. */
    public boolean stopped() {
        return daemons.stream().allMatch(daemon -> daemon.pid() == 0);
    }
}
