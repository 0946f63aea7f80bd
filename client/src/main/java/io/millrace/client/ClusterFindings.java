package io.millrace.client;

import io.millrace.api.option.Config;
import io.millrace.host.check.Finding;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.yarn.launch.YarnSettings;
import io.millrace.yarn.submit.ClusterLimits;
import java.util.ArrayList;
import java.util.List;

/** Whether a cluster would take a program, and now. Pure. */
final class ClusterFindings {
    private ClusterFindings() {}

    /**
     * @param runsForMs how long the job is meant to run; null if nobody has said
     */
    static List<Finding> of(JobGraph plan, Config config, ClusterLimits limits, Long runsForMs) {
        YarnSettings settings = YarnSettings.from(config);
        List<Finding> findings = new ArrayList<>();
        for (String refusal : limits.refusals()) {
            findings.add(Finding.error("queue", refusal, "YARN", ""));
        }
        if (limits.queueStopped()) {
            findings.add(
                    Finding.error(
                            "queue",
                            "the queue is stopped: it takes no applications",
                            "queue '" + settings.queue() + "'",
                            "choose another one with -D yarn.queue=…, or have it started"));
        }
        long neededMb =
                settings.master().memoryMb()
                        + (long) MemoryFindings.workers(plan, settings)
                                * settings.worker().memoryMb();
        long mostMb =
                limits.queueMostMb() < 0
                        ? limits.clusterMb()
                        : Math.min(limits.queueMostMb(), limits.clusterMb());
        if (neededMb > mostMb) {
            findings.add(
                    Finding.error(
                            "queue-limit",
                            "it needs "
                                    + neededMb
                                    + " MB, and the queue may have "
                                    + mostMb
                                    + " MB at most, of "
                                    + limits.clusterMb()
                                    + " MB of all nodes: it would never get them",
                            "queue '" + settings.queue() + "'",
                            "take another queue with -D yarn.queue=…, lower the parallelism or"
                                    + " 'yarn.worker.memory', or have the queue's maximum capacity"
                                    + " raised"));
        }
        long freeMb =
                limits.queueFreeMb() < 0
                        ? limits.clusterFreeMb()
                        : Math.min(limits.queueFreeMb(), limits.clusterFreeMb());
        if (neededMb > freeMb && neededMb <= mostMb) {
            findings.add(
                    Finding.warning(
                            "headroom",
                            "it needs "
                                    + neededMb
                                    + " MB, and "
                                    + freeMb
                                    + " MB are free now: it would wait for others, up to"
                                    + " resource.wait-timeout",
                            "queue '" + settings.queue() + "'",
                            "lower the parallelism, take another queue, or wait"));
        }
        if (settings.worker().memoryMb() > limits.largestNodeMb() && limits.largestNodeMb() > 0) {
            findings.add(
                    Finding.error(
                            "headroom",
                            "a worker has "
                                    + settings.worker().memoryMb()
                                    + " MB, and the largest node "
                                    + limits.largestNodeMb()
                                    + " MB",
                            "yarn.worker.memory",
                            "lower it"));
        }
        findings.addAll(TokenFindings.of(limits.tokens(), plan.bounded(), runsForMs));
        return findings;
    }
}
