package io.millrace.client;

import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.StreamGraph;
import io.millrace.api.option.Config;
import io.millrace.api.stream.SlotSharingGroup;
import io.millrace.coordinator.schedule.SlotLayout;
import io.millrace.host.check.Finding;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.yarn.launch.MemorySplit;
import io.millrace.yarn.launch.YarnSettings;
import java.util.ArrayList;
import java.util.List;

/** Whether what a program declares fits into the containers that it would get. Pure. */
final class MemoryFindings {
    private static final int LITTLE_HEAP_MB = 64;

    private MemoryFindings() {}

    /** Containers that a job needs, when all of it runs at once. */
    static int workers(JobGraph plan, YarnSettings settings) {
        int slots = SlotLayout.of(plan).slots();
        return (slots + settings.slots() - 1) / settings.slots();
    }

    static List<Finding> of(StreamGraph graph, JobGraph plan, Config config) {
        List<Finding> findings = new ArrayList<>();
        MemorySplit split;
        YarnSettings settings;
        try {
            settings = YarnSettings.from(config);
            split = MemorySplit.ofWorker(settings.worker().memoryMb(), settings.stateFraction());
        } catch (MillraceException e) {
            findings.add(Finding.error("memory", e.getMessage(), "yarn.worker.memory", ""));
            return findings;
        }
        int workers = workers(plan, settings);
        findings.add(
                Finding.note(
                        "containers",
                        "on YARN it takes "
                                + SlotLayout.of(plan).slots()
                                + " slots: "
                                + (workers == 1 ? "a worker" : workers + " workers")
                                + " of "
                                + split.containerMb()
                                + " MB, "
                                + split.heapMb()
                                + " MB of them heap"
                                + (split.stateMb() > 0
                                        ? " and " + split.stateMb() + " MB for state"
                                        : "")
                                + ", and a master of "
                                + settings.master().memoryMb()
                                + " MB",
                        "yarn.worker.memory",
                        ""));
        if (workers > settings.maxWorkers()) {
            findings.add(
                    Finding.error(
                            "workers",
                            "it needs "
                                    + workers
                                    + " workers, and may have "
                                    + settings.maxWorkers(),
                            "yarn.max-workers",
                            "raise it or 'yarn.worker.slots', or lower the parallelism"));
        }
        if (split.heapMb() / settings.slots() < LITTLE_HEAP_MB) {
            findings.add(
                    Finding.warning(
                            "memory",
                            "a slot has "
                                    + split.heapMb() / settings.slots()
                                    + " MB of heap for all the tasks in it",
                            "yarn.worker.memory",
                            "raise it, or lower 'yarn.worker.slots'"));
        }
        for (SlotSharingGroup group : graph.attachments().slotSharingGroups()) {
            declared(group, split, settings, findings);
        }
        return findings;
    }

    private static void declared(
            SlotSharingGroup group,
            MemorySplit split,
            YarnSettings settings,
            List<Finding> findings) {
        long heapMb =
                group.getTaskHeapMemory() == null ? 0 : group.getTaskHeapMemory().getMebiBytes();
        long stateMb =
                group.getManagedMemory() == null ? 0 : group.getManagedMemory().getMebiBytes();
        if (heapMb * settings.slots() > split.heapMb()) {
            findings.add(
                    Finding.warning(
                            "memory",
                            "it declares "
                                    + heapMb
                                    + " MB of heap for a slot; a worker has "
                                    + split.heapMb()
                                    + " MB for "
                                    + settings.slots()
                                    + " slots",
                            "slot sharing group '" + group.getName() + "'",
                            "raise 'yarn.worker.memory', or lower 'yarn.worker.slots'"));
        }
        if (stateMb * settings.slots() > split.stateMb() && split.stateMb() > 0) {
            findings.add(
                    Finding.warning(
                            "memory",
                            "it declares "
                                    + stateMb
                                    + " MB of state for a slot; a worker has "
                                    + split.stateMb()
                                    + " MB for "
                                    + settings.slots()
                                    + " slots",
                            "slot sharing group '" + group.getName() + "'",
                            "raise 'yarn.worker.memory' or 'yarn.worker.state-memory-fraction'"));
        }
    }
}
