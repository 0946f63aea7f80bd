package io.millrace.yarn.worker;

import io.millrace.yarn.launch.WorkerCollector;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log which collector a worker has got, if that was left to the node. */
final class CollectorCheck {
    private static final Logger LOG = LoggerFactory.getLogger(CollectorCheck.class);

    private CollectorCheck() {}

    /** Of this process. */
    static void log(WorkerCollector wanted) {
        if (wanted == WorkerCollector.AUTO) {
            return; // the option file names it; the beans cost a start some time
        }
        List<String> beans =
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .toList();
        warning(beans, System.getProperty("java.vm.vendor"), System.getProperty("java.home"))
                .ifPresentOrElse(
                        LOG::warn,
                        () -> LOG.info("the worker collects with short pauses by={}", beans));
    }

    /**
     * What to tell an operator who wants short pauses; empty if there is nothing.
     *
     * @param beans names of the collector's management beans
     */
    static Optional<String> warning(List<String> beans, String vendor, String home) {
        return beans.stream()
                        .anyMatch(bean -> bean.startsWith("Shenandoah") || bean.startsWith("ZGC"))
                ? Optional.empty()
                : Optional.of(
                        "'yarn.worker.collector' is LOW_PAUSE, but the Java of this node ("
                                + home
                                + ", of "
                                + vendor
                                + ") has no Shenandoah; it collects by "
                                + String.join(", ", beans)
                                + ", and pauses are several times as long. Set 'yarn.java-home' to"
                                + " a build that has it, such as Temurin, Corretto or a Linux"
                                + " distribution's.");
    }
}
