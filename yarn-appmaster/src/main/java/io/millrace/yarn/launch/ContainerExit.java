package io.millrace.yarn.launch;

import org.apache.hadoop.yarn.api.records.ContainerExitStatus;

/** What the exit code of a container means, in words. Pure. */
public final class ContainerExit {
    private ContainerExit() {}

    /** One line: what happened, and what to do where there is something to do. */
    public static String explain(int exitStatus, String diagnostics) {
        String meaning =
                switch (exitStatus) {
                    case ContainerExitStatus.SUCCESS -> "it ended by itself";
                    case ContainerExitStatus.INVALID -> "YARN does not know how it ended";
                    case ContainerExitStatus.ABORTED ->
                            "YARN took it back: released, or its node was lost";
                    case ContainerExitStatus.DISKS_FAILED ->
                            "the disks of its node have failed or are full";
                    case ContainerExitStatus.PREEMPTED ->
                            "the scheduler preempted it for another queue";
                    case ContainerExitStatus.KILLED_EXCEEDED_VMEM ->
                            "it was killed for its virtual memory; set"
                                    + " 'yarn.nodemanager.vmem-check-enabled' to false on the"
                                    + " cluster, or raise 'yarn.worker.memory'";
                    case ContainerExitStatus.KILLED_EXCEEDED_PMEM ->
                            "it was killed because it used more memory than was granted; raise"
                                    + " 'yarn.worker.memory'";
                    case ContainerExitStatus.KILLED_BY_APPMASTER ->
                            "the application master stopped it";
                    case ContainerExitStatus.KILLED_BY_RESOURCEMANAGER ->
                            "the ResourceManager killed it";
                    case ContainerExitStatus.KILLED_AFTER_APP_COMPLETION ->
                            "the application had ended";
                    case ContainerExitStatus.KILLED_BY_CONTAINER_SCHEDULER ->
                            "the NodeManager killed it to make room";
                    case ContainerExitStatus.KILLED_FOR_EXCESS_LOGS ->
                            "it was killed because it logged too much";
                    case 3 ->
                            "it ran out of memory (heap, direct or classes); raise"
                                    + " 'yarn.worker.memory'";
                    case 126, 127 ->
                            "Java could not be started there; set 'yarn.java-home' to a Java 17"
                                    + " on the nodes";
                    case 134 -> "the JVM crashed (SIGABRT); look for hs_err in its logs";
                    case 137 ->
                            "it was killed (SIGKILL), by a person or by the node for lack of"
                                    + " memory";
                    case 139 -> "the JVM crashed (SIGSEGV); look for hs_err in its logs";
                    case 143 -> "it was asked to end (SIGTERM)";
                    default -> "it failed; see its logs";
                };
        String line = "exit code " + exitStatus + ": " + meaning;
        String detail = firstTelling(diagnostics);
        return detail.isEmpty() ? line + "." : line + ". YARN says: " + detail;
    }

    /** Whether the node rather than the job may be to blame. */
    public static boolean blamesNode(int exitStatus) {
        return switch (exitStatus) {
            case ContainerExitStatus.SUCCESS,
                    ContainerExitStatus.PREEMPTED,
                    ContainerExitStatus.ABORTED,
                    ContainerExitStatus.KILLED_BY_APPMASTER,
                    ContainerExitStatus.KILLED_BY_RESOURCEMANAGER,
                    ContainerExitStatus.KILLED_AFTER_APP_COMPLETION,
                    ContainerExitStatus.KILLED_EXCEEDED_PMEM,
                    ContainerExitStatus.KILLED_EXCEEDED_VMEM ->
                    false;
            default -> true;
        };
    }

    /** The first line that says more than the exit code; at most 300 characters. */
    private static String firstTelling(String diagnostics) {
        if (diagnostics == null) {
            return "";
        }
        return diagnostics
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !isNoise(line))
                .findFirst()
                .map(line -> line.length() > 300 ? line.substring(0, 300) + "…" : line)
                .orElse("");
    }

    private static boolean isNoise(String line) {
        return line.startsWith("[")
                        && (line.contains("Container exited with a non-zero exit code")
                                || line.endsWith("]"))
                || line.startsWith("Exception from container-launch")
                || line.startsWith("Container id:")
                || line.startsWith("Exit code:")
                || line.startsWith("Last 4096 bytes")
                || line.startsWith("Container killed on request. Exit code is");
    }
}
