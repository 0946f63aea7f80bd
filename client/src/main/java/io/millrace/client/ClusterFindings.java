package io.millrace.client;

import io.millrace.api.option.Config;
import io.millrace.host.check.Finding;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.yarn.launch.YarnSettings;
import io.millrace.yarn.submit.ClusterLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Whether a cluster would take a program, and now. Pure. */
final class ClusterFindings {
    private ClusterFindings() {}

    static List<Finding> of(JobGraph plan, Config config, ClusterLimits limits) {
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
        long freeMb =
                limits.queueFreeMb() < 0
                        ? limits.clusterFreeMb()
                        : Math.min(limits.queueFreeMb(), limits.clusterFreeMb());
        if (neededMb > freeMb) {
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
        if (limits.secure() && !plan.bounded()) {
            findings.add(
                    Finding.warning(
                            "tokens",
                            "the cluster is secure, the input never ends, and tokens of the file"
                                    + " system do after "
                                    + TimeUnit.MILLISECONDS.toDays(limits.tokenLifetimeMs())
                                    + " days",
                            "dfs.namenode.delegation.token.max-lifetime",
                            "stop the job with a savepoint before that, and start it again from"
                                    + " it"));
        }
        return findings;
    }
}
