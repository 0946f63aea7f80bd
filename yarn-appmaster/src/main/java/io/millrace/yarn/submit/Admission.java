package io.millrace.yarn.submit;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.yarn.launch.MemorySplit;
import io.millrace.yarn.launch.YarnSettings;
import java.util.List;

/**
 * Whether a cluster can take an application at all, found before anything is uploaded. Pure.
 *
 * @param maximumMemoryMb of one container
 * @param maximumVirtualCores of one container
 */
record Admission(List<String> leafQueues, long maximumMemoryMb, int maximumVirtualCores) {
    /**
     * @throws MillraceException {@code QUEUE_NOT_FOUND}, {@code RESOURCE_EXCEEDS_MAXIMUM}, {@code
     *     INVALID_OPTION}
     */
    void check(YarnSettings settings) {
        if (!leafQueues.isEmpty()
                && leafQueues.stream().noneMatch(q -> names(q, settings.queue()))) {
            throw new MillraceException(
                    ErrorCode.QUEUE_NOT_FOUND,
                    "the cluster has no queue '"
                            + settings.queue()
                            + "' that takes applications; it has "
                            + String.join(", ", leafQueues)
                            + ". Name one of them by -D yarn.queue=….");
        }
        check("application master", "yarn.master", settings.master());
        check("worker", "yarn.worker", settings.worker());
        MemorySplit.ofMaster(settings.master().memoryMb());
        MemorySplit.ofWorker(settings.worker().memoryMb(), settings.stateFraction());
    }

    private void check(String who, String prefix, YarnSettings.Process process) {
        if (process.memoryMb() > maximumMemoryMb) {
            throw new MillraceException(
                    ErrorCode.RESOURCE_EXCEEDS_MAXIMUM,
                    "a container of "
                            + process.memoryMb()
                            + " MB was asked for the "
                            + who
                            + ", but the cluster gives at most "
                            + maximumMemoryMb
                            + " MB. Lower '"
                            + prefix
                            + ".memory'.");
        }
        if (process.virtualCores() > maximumVirtualCores) {
            throw new MillraceException(
                    ErrorCode.RESOURCE_EXCEEDS_MAXIMUM,
                    "a container of "
                            + process.virtualCores()
                            + " virtual cores was asked for the "
                            + who
                            + ", but the cluster gives at most "
                            + maximumVirtualCores
                            + ". Lower '"
                            + prefix
                            + ".vcores'.");
        }
    }

    /** A queue goes by its whole path or by its last part. */
    private static boolean names(String queue, String wanted) {
        return queue.equals(wanted) || queue.endsWith("." + wanted);
    }
}
