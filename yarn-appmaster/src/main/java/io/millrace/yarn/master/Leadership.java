package io.millrace.yarn.master;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.coordinator.lead.LeaderElection;
import io.millrace.hdfs.ZooKeeperLeaderElection;
import io.millrace.hdfs.ZooKeeperSettings;
import io.millrace.runtime.wire.AppSecret;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process's claim to lead the application. Thread-safe.
 *
 * <p>Without ZooKeeper YARN alone decides: an attempt leads at once, in the epoch of its number.
 * Two attempts can then overlap for a moment; the journal's fence stops the older one at its next
 * entry.
 */
final class Leadership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private final ZooKeeperLeaderElection election; // null without ZooKeeper
    private final CompletableFuture<Long> epoch = new CompletableFuture<>();

    private Leadership(ZooKeeperLeaderElection election) {
        this.election = election;
    }

    /**
     * Begins to stand for election.
     *
     * @param onLost ends the process; called at most once, and only after it led
     */
    static Leadership claim(MasterContainer container, Consumer<String> onLost) {
        Optional<ZooKeeperSettings> settings =
                ZooKeeperSettings.from(container.application().config());
        if (settings.isEmpty()) {
            Leadership leadership = new Leadership(null);
            leadership.epoch.complete((long) container.attempt());
            return leadership;
        }
        Leadership leadership =
                new Leadership(
                        new ZooKeeperLeaderElection(
                                settings.get(),
                                container.applicationId(),
                                container.secret().key(AppSecret.Purpose.ELECTION)));
        leadership.election.start(leadership.new Listener(onLost));
        return leadership;
    }

    /** Waits until this process leads. */
    long awaitEpoch() throws InterruptedException {
        try {
            return epoch.get();
        } catch (ExecutionException e) {
            throw new MillraceException(
                    ErrorCode.LEADERSHIP_LOST,
                    "another process leads this application: " + e.getCause().getMessage(),
                    e);
        }
    }

    /** The application has ended for good: nobody needs to lead it again. */
    void forget() {
        if (election != null) {
            election.closeAndForget();
        }
    }

    @Override
    public void close() {
        if (election != null) {
            election.close();
        }
    }

    private final class Listener implements LeaderElection.Listener {
        private final Consumer<String> onLost;

        Listener(Consumer<String> onLost) {
            this.onLost = onLost;
        }

        @Override
        public void onElected(long elected) {
            epoch.complete(elected);
        }

        @Override
        public void onSuspended() {
            // The journal's fence stands before every effect that lasts; what is in memory may go
            // on.
            LOG.warn("leadership is in doubt until ZooKeeper answers");
        }

        @Override
        public void onLost(String reason) {
            epoch.completeExceptionally(new IllegalStateException(reason));
            onLost.accept(reason);
        }
    }
}
