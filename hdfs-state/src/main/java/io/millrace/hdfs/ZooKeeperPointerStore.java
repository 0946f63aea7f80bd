package io.millrace.hdfs;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.fault.FaultPoint;
import io.millrace.runtime.checkpoint.Pointer;
import io.millrace.runtime.checkpoint.PointerCodec;
import io.millrace.runtime.checkpoint.PointerStore;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.KeeperException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pointers in ZooKeeper, a node for each job: {@code
 * <root>/millrace-<application>/checkpoints/<job>}, readable with the application's own key only.
 * Confined to one storage thread; calls block while ZooKeeper does not answer, at most for some
 * minutes.
 */
public final class ZooKeeperPointerStore implements PointerStore {
    /*
     * A write is one transaction that also checks the version of the epoch's node, so that no leader
     * writes after another one has taken an epoch.
     *
     * A failure says nothing by itself: the transaction may have been applied and its answer lost, also if
     * a retry of the client was then refused for its version. So after each failure the node is read
     * behind a sync: our content is there, or the old one at the old version, and then nothing of ours can
     * come any more, because ZooKeeper refuses what a session had sent through a connection that it has
     * left. Anything else means that somebody else leads.
     */
    private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperPointerStore.class);
    private static final int ATTEMPTS = 3;

    /** Each with retries of the client's own; together longer than a restart of ZooKeeper takes. */
    private static final int LOOKS = 12;

    private final PointerNodes nodes;
    private final String parent;
    private final String epochPath;
    private final long epoch;
    private final Map<String, Integer> versions = new HashMap<>();
    private int epochVersion = PointerNodes.ABSENT;

    ZooKeeperPointerStore(PointerNodes nodes, String parent, String epochPath, long epoch) {
        this.nodes = nodes;
        this.parent = parent;
        this.epochPath = epochPath;
        this.epoch = epoch;
    }

    /**
     * @param key as for {@link ZooKeeperLeaderElection}
     * @param epoch that this process leads in
     */
    public static ZooKeeperPointerStore open(
            ZooKeeperSettings settings, String applicationId, byte[] key, long epoch) {
        CuratorFramework client = ZooKeeperClient.of(settings, applicationId, key);
        client.start();
        String parent = settings.pointersPath(applicationId);
        return new ZooKeeperPointerStore(
                new CuratorPointerNodes(client, parent),
                parent,
                settings.epochPath(applicationId),
                epoch);
    }

    @Override
    public Pointer read(String jobId) {
        String path = path(jobId);
        requireEpoch();
        PointerNodes.Node node;
        try {
            node = nodes.read(path);
        } catch (Exception e) {
            throw unreachable("read the pointer to the checkpoints of job " + jobId, e);
        }
        versions.put(jobId, node == null ? PointerNodes.ABSENT : node.version());
        return node == null ? null : PointerCodec.decode(node.content(), path);
    }

    @Override
    public void write(Pointer pointer, long epoch) {
        requireOwn(epoch);
        if (!versions.containsKey(pointer.jobId())) {
            read(pointer.jobId());
        }
        byte[] content = PointerCodec.encode(pointer);
        String path = path(pointer.jobId());
        int version = versions.get(pointer.jobId());
        Exception last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                nodes.put(path, content, version, epochPath, epochVersion);
                FaultPoint.CHECKPOINT_POINTER_SENT.hit();
                versions.put(pointer.jobId(), version + 1);
                return;
            } catch (Exception e) {
                restoreInterrupt(e);
                LOG.warn(
                        "the answer to a pointer is asked for again path={} cause={}",
                        path,
                        e.toString());
                last = e;
                PointerNodes.Node found = look(path, e);
                if (found != null && Arrays.equals(found.content(), content)) {
                    versions.put(pointer.jobId(), found.version());
                    return;
                }
                if (versionOf(found) != version) {
                    throw lost("another leader has written " + path, e);
                }
            }
        }
        throw new MillraceException(
                ErrorCode.STORAGE_FAILED,
                "ZooKeeper did not take the pointer to the checkpoints of job "
                        + pointer.jobId()
                        + " in "
                        + ATTEMPTS
                        + " attempts: "
                        + HadoopErrors.firstLine(last)
                        + ". The checkpoint is not complete; the job goes on.",
                last);
    }

    /** What is there after a failure; it is certain that nothing of ours comes after that. */
    private PointerNodes.Node look(String path, Exception failure) {
        for (int look = 1; ; look++) {
            try {
                PointerNodes.Node now = nodes.read(epochPath);
                if (versionOf(now) != epochVersion) {
                    throw lost("another leader has begun an epoch", failure);
                }
                return nodes.read(path);
            } catch (MillraceException e) {
                throw e;
            } catch (Exception e) {
                restoreInterrupt(e);
                if (look == LOOKS || e instanceof InterruptedException) {
                    e.addSuppressed(failure);
                    throw lost("nobody can tell whether " + path + " was written", e);
                }
            }
        }
    }

    @Override
    public void remove(String jobId, long epoch) {
        requireOwn(epoch);
        requireEpoch();
        String path = path(jobId);
        for (int attempt = 1; ; attempt++) {
            try {
                nodes.delete(path, epochPath, epochVersion);
                break;
            } catch (KeeperException.NoNodeException e) {
                break;
            } catch (Exception e) {
                restoreInterrupt(e);
                if (look(path, e) == null) {
                    break;
                }
                if (attempt == ATTEMPTS) {
                    throw unreachable("remove the pointer of job " + jobId, e);
                }
            }
        }
        versions.put(jobId, PointerNodes.ABSENT);
    }

    /** Finds the version of the epoch's node, once; from then on every write checks it. */
    private void requireEpoch() {
        if (epochVersion != PointerNodes.ABSENT) {
            return;
        }
        PointerNodes.Node node;
        try {
            node = nodes.read(epochPath);
        } catch (Exception e) {
            throw unreachable("read the epoch", e);
        }
        if (node == null) {
            throw lost(epochPath + " is gone: the application has ended", null);
        }
        long found = ZooKeeperClient.epochIn(new String(node.content(), StandardCharsets.US_ASCII));
        if (found != epoch) {
            throw lost("epoch " + found + " has begun", null);
        }
        epochVersion = node.version();
    }

    private void requireOwn(long asked) {
        if (asked != epoch) {
            throw lost("it asks to write in epoch " + asked, null);
        }
    }

    private static int versionOf(PointerNodes.Node node) {
        return node == null ? PointerNodes.ABSENT : node.version();
    }

    private String path(String jobId) {
        return parent + "/" + jobId;
    }

    private MillraceException lost(String why, Exception cause) {
        return new MillraceException(
                ErrorCode.LEADERSHIP_LOST,
                "the leader of epoch "
                        + epoch
                        + " may not write pointers to checkpoints any more: "
                        + why
                        + ". The leader of the highest epoch goes on.",
                cause);
    }

    private static MillraceException unreachable(String doing, Exception e) {
        restoreInterrupt(e);
        return new MillraceException(
                ErrorCode.STORAGE_FAILED,
                "could not "
                        + doing
                        + " in ZooKeeper: "
                        + HadoopErrors.firstLine(e)
                        + ". Check 'ha.zookeeper.quorum' and that ZooKeeper runs.",
                e);
    }

    private static void restoreInterrupt(Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        nodes.close();
    }
}
