package io.millrace.yarn.submit;

import io.millrace.api.error.MillraceException;
import io.millrace.hdfs.KerberosSettings;
import io.millrace.yarn.launch.YarnSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.api.records.NodeReport;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.api.records.QueueInfo;
import org.apache.hadoop.yarn.api.records.QueueState;
import org.apache.hadoop.yarn.api.records.QueueStatistics;
import org.apache.hadoop.yarn.api.records.Resource;

/** Asks a cluster for its {@link ClusterLimits}. Submits nothing. Confined to one thread. */
final class LimitsQuestion {
    private static final String LIFETIME = "dfs.namenode.delegation.token.max-lifetime";

    private final Cluster cluster;
    private final YarnSettings settings;
    private final KerberosSettings kerberos;

    LimitsQuestion(Cluster cluster, YarnSettings settings, KerberosSettings kerberos) {
        this.cluster = cluster;
        this.kerberos = kerberos;
        this.settings = settings;
    }

    ClusterLimits ask() {
        List<NodeReport> nodes =
                cluster.ask("list nodes", yarn -> yarn.getNodeReports(NodeState.RUNNING));
        QueueInfo queue =
                cluster.ask("look at a queue", yarn -> yarn.getQueueInfo(settings.queue()));
        QueueStatistics statistics = queue == null ? null : queue.getQueueStatistics();
        long clusterMb =
                nodes.stream().mapToLong(node -> node.getCapability().getMemorySize()).sum();
        return new ClusterLimits(
                refusals(),
                queue != null && queue.getQueueState() == QueueState.STOPPED,
                statistics == null ? -1 : statistics.getAvailableMemoryMB(),
                QueueShare.most(rootQueues(), settings.queue())
                        .map(share -> (long) (share * clusterMb))
                        .orElse(-1L),
                nodes.stream().mapToLong(LimitsQuestion::freeMb).sum(),
                clusterMb,
                nodes.stream()
                        .mapToLong(node -> node.getCapability().getMemorySize())
                        .max()
                        .orElse(0),
                tokens());
    }

    private List<QueueInfo> rootQueues() {
        return cluster.ask("list queues", yarn -> yarn.getAllQueues());
    }

    private ClusterLimits.Tokens tokens() {
        if (!UserGroupInformation.isSecurityEnabled()) {
            return ClusterLimits.Tokens.NOT_NEEDED;
        }
        return new ClusterLimits.Tokens(
                true,
                KerberosTickets.leftMs(KerberosTickets.ofProcess(), System.currentTimeMillis()),
                cluster.configuration().getLong(LIFETIME, TimeUnit.DAYS.toMillis(7)),
                kerberos.hasKeytab() && !KerberosTickets.actsForAnother());
    }

    private static long freeMb(NodeReport node) {
        Resource used = node.getUsed();
        return Math.max(
                0,
                node.getCapability().getMemorySize() - (used == null ? 0 : used.getMemorySize()));
    }

    private List<String> refusals() {
        Resource maximum =
                cluster.ask("ask for the largest container", yarn -> yarn.createApplication())
                        .getNewApplicationResponse()
                        .getMaximumResourceCapability();
        List<String> leaves =
                cluster.ask("list queues", yarn -> yarn.getAllQueues()).stream()
                        .filter(queue -> queue.getChildQueues().isEmpty())
                        .map(QueueInfo::getQueueName)
                        .sorted()
                        .toList();
        List<String> refusals = new ArrayList<>();
        try {
            new Admission(leaves, maximum.getMemorySize(), maximum.getVirtualCores())
                    .check(settings);
        } catch (MillraceException e) {
            refusals.add(e.getMessage());
        }
        return refusals;
    }
}
