package io.millrace.hdfs;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.coordinator.lead.LeaderElection;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leader election among the processes of one application, in ZooKeeper. Thread-safe; the listener
 * is called on the thread {@code leader-election}, one call at a time.
 *
 * <p>After {@code onSuspended}, {@code onElected} comes again with the same epoch if the session
 * has survived: nobody else can have led in between.
 */
public final class ZooKeeperLeaderElection implements LeaderElection {
    /*
     * Znodes of an application, readable with its own key only:
     *   <root>/millrace-<application>/latch/…   one ephemeral node for each candidate
     *   <root>/millrace-<application>/epoch     "<epoch> <candidate>" of the last leader
     *
     * The epoch is written in one transaction that also checks that our ephemeral node exists. Without
     * it, a process that slept through its session's end could take an epoch above its successor's.
     * An answer that was lost is not guessed: the node names its writer, so we read it again.
     */
    private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperLeaderElection.class);

    private enum State {
        WAITING,
        LEADING,
        SUSPENDED,
        ENDED
    }

    private final String candidate = UUID.randomUUID().toString();
    private final CuratorFramework client;
    private final LeaderLatch latch;
    private final String applicationPath;
    private final String epochPath;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    body -> {
                        Thread made = new Thread(body, "leader-election");
                        made.setDaemon(true);
                        return made;
                    });

    // Confined to the election thread.
    private State state = State.WAITING;
    private long epoch;
    private Listener listener;

    /**
     * @param applicationId names the group of candidates
     * @param key derived from the application's secret; who has it may read and write the znodes
     */
    public ZooKeeperLeaderElection(ZooKeeperSettings settings, String applicationId, byte[] key) {
        this.applicationPath = settings.applicationPath(applicationId);
        this.epochPath = settings.epochPath(applicationId);
        this.client = ZooKeeperClient.of(settings, applicationId, key);
        this.latch = new LeaderLatch(client, applicationPath + "/latch", candidate);
    }

    @Override
    public void start(Listener listener) {
        post(() -> this.listener = listener);
        client.getConnectionStateListenable()
                .addListener((ignored, changed) -> post(() -> onConnection(changed)));
        latch.addListener(
                new LeaderLatchListener() {
                    @Override
                    public void isLeader() {
                        post(ZooKeeperLeaderElection.this::onLatchHeld);
                    }

                    @Override
                    public void notLeader() {
                        post(() -> end("another process holds the leadership"));
                    }
                });
        client.start();
        try {
            latch.start();
        } catch (Exception e) {
            throw new MillraceException(
                    ErrorCode.CLUSTER_UNREACHABLE,
                    "leader election could not start on ZooKeeper "
                            + client.getZookeeperClient().getCurrentConnectionString()
                            + ": "
                            + HadoopErrors.firstLine(e)
                            + ". Check 'ha.zookeeper.quorum'.",
                    e);
        }
    }

    /** Removes the application's znodes and closes; for an application that has ended for good. */
    public void closeAndForget() {
        post(() -> state = State.ENDED);
        try (this) {
            latch.close(LeaderLatch.CloseMode.SILENT);
            client.delete().deletingChildrenIfNeeded().forPath(applicationPath);
        } catch (Exception e) {
            LOG.warn("znodes were left behind path={} cause={}", applicationPath, e.toString());
        }
    }

    @Override
    public void close() {
        post(() -> state = State.ENDED);
        try {
            if (latch.getState() == LeaderLatch.State.STARTED) {
                latch.close(LeaderLatch.CloseMode.SILENT);
            }
        } catch (java.io.IOException e) {
            LOG.debug("the latch did not close", e);
        } finally {
            client.close();
            thread.shutdown();
            awaitThread();
        }
    }

    private void onConnection(ConnectionState changed) {
        switch (changed) {
            case SUSPENDED -> {
                if (state == State.LEADING) {
                    state = State.SUSPENDED;
                    LOG.warn("leadership was suspended epoch={}: no contact to ZooKeeper", epoch);
                    listener.onSuspended();
                }
            }
            case RECONNECTED -> {
                if (state == State.SUSPENDED) {
                    resume();
                }
            }
            case LOST -> {
                if (state == State.LEADING || state == State.SUSPENDED) {
                    end("the ZooKeeper session has expired");
                }
            }
            case CONNECTED, READ_ONLY -> {}
        }
    }

    private void resume() {
        try {
            if (client.checkExists().forPath(latch.getOurPath()) == null) {
                end("the ZooKeeper session has expired");
            } else {
                state = State.LEADING;
                LOG.info("leadership was resumed epoch={}", epoch);
                listener.onElected(epoch);
            }
        } catch (Exception e) {
            LOG.warn("leadership stays suspended epoch={} cause={}", epoch, e.toString());
        }
    }

    private void onLatchHeld() {
        if (state != State.WAITING) {
            return;
        }
        try {
            epoch = takeEpoch();
            state = State.LEADING;
            LOG.info("leadership was taken epoch={}", epoch);
            listener.onElected(epoch);
        } catch (Exception e) {
            end("the epoch could not be written to ZooKeeper: " + HadoopErrors.firstLine(e));
        }
    }

    private long takeEpoch() throws Exception {
        if (client.checkExists().forPath(epochPath) == null) {
            try {
                client.create()
                        .creatingParentsIfNeeded()
                        .withMode(CreateMode.PERSISTENT)
                        .forPath(epochPath, ascii("0 nobody"));
            } catch (KeeperException.NodeExistsException e) {
                LOG.debug("the epoch node was made by another candidate", e);
            }
        }
        while (true) {
            Stat stat = new Stat();
            String last = text(client.getData().storingStatIn(stat).forPath(epochPath));
            if (last.endsWith(" " + candidate)) {
                return epochIn(last);
            }
            long next = epochIn(last) + 1;
            FaultPoint.EPOCH_BEFORE_WRITE.hit();
            try {
                client.transaction()
                        .forOperations(
                                client.transactionOp().check().forPath(latch.getOurPath()),
                                client.transactionOp()
                                        .setData()
                                        .withVersion(stat.getVersion())
                                        .forPath(epochPath, ascii(next + " " + candidate)));
            } catch (KeeperException.BadVersionException
                    | KeeperException.ConnectionLossException e) {
                // Either a race or a lost answer: the node's content tells which.
                LOG.debug("the epoch is read again", e);
                continue;
            }
            FaultPoint.EPOCH_WRITTEN.hit();
            return next;
        }
    }

    private void end(String reason) {
        if (state == State.ENDED) {
            return;
        }
        boolean waiting = state == State.WAITING;
        state = State.ENDED;
        LOG.warn("leadership was lost epoch={} waiting={} reason={}", epoch, waiting, reason);
        listener.onLost(reason);
    }

    private void post(Runnable body) {
        try {
            thread.execute(body);
        } catch (RejectedExecutionException e) {
            LOG.debug("an event came after the end", e);
        }
    }

    private void awaitThread() {
        try {
            thread.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long epochIn(String text) {
        return ZooKeeperClient.epochIn(text);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
