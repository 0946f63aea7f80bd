package io.millrace.yarn.launch;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.util.ArrayList;
import java.util.List;

/**
 * How the memory of a container is divided among the areas of its process, in megabytes. Their sum
 * is the container, so that YARN has no reason to kill it. Immutable.
 *
 * @param directMb buffers outside of the heap: the network's, and Hadoop's
 * @param metaspaceMb classes, with generated ones
 * @param stateMb state outside of the heap, of a back end that has some
 * @param overheadMb all that the JVM takes without a limit of ours: code cache, thread stacks,
 *     garbage collector, allocator
 */
public record MemorySplit(
        int containerMb, int heapMb, int directMb, int metaspaceMb, int stateMb, int overheadMb) {
    /** The smallest container that a worker or an application master starts in. */
    public static final int MIN_CONTAINER_MB = 384;

    public MemorySplit {
        if (heapMb < 64 || heapMb + directMb + metaspaceMb + stateMb + overheadMb != containerMb) {
            throw new IllegalArgumentException(
                    containerMb
                            + " MB are not "
                            + heapMb
                            + " + "
                            + directMb
                            + " + "
                            + metaspaceMb
                            + " + "
                            + stateMb
                            + " + "
                            + overheadMb);
        }
    }

    /** A worker: much of it moves through network buffers. */
    public static MemorySplit ofWorker(int containerMb) {
        return ofWorker(containerMb, 0);
    }

    /**
     * A worker with state outside of its heap.
     *
     * @param stateFraction of the container; a small one gives less, so that a heap remains
     */
    public static MemorySplit ofWorker(int containerMb, double stateFraction) {
        return split(containerMb, between(containerMb / 8, 48, 4096), stateFraction);
    }

    /** An application master: control messages only. */
    public static MemorySplit ofMaster(int containerMb) {
        return split(containerMb, between(containerMb / 16, 32, 256), 0);
    }

    /**
     * The JVM flags that set the limits; an exhausted heap ends the process. What the JVM has no
     * limit for, state back ends read and keep.
     */
    public List<String> jvmFlags() {
        List<String> flags =
                new ArrayList<>(
                        List.of(
                                "-Xmx" + heapMb + "m",
                                "-XX:MaxDirectMemorySize=" + directMb + "m",
                                "-XX:MaxMetaspaceSize=" + metaspaceMb + "m",
                                "-XX:+ExitOnOutOfMemoryError"));
        if (stateMb > 0) {
            flags.add("-Dmillrace.memory.process-bytes=" + ((long) containerMb << 20));
            flags.add("-Dmillrace.memory.state-bytes=" + ((long) stateMb << 20));
        }
        return List.copyOf(flags);
    }

    private static MemorySplit split(int containerMb, int directMb, double stateFraction) {
        if (containerMb < MIN_CONTAINER_MB) {
            throw new MillraceException(
                    ErrorCode.INVALID_OPTION,
                    "a container of "
                            + containerMb
                            + " MB is too small to start in; the least is "
                            + MIN_CONTAINER_MB
                            + " MB. Raise 'yarn.master.memory' or 'yarn.worker.memory'.");
        }
        int metaspaceMb = between(containerMb / 8, 96, 256);
        int overheadMb = Math.max(112, containerMb / 10);
        int left = containerMb - directMb - metaspaceMb - overheadMb;
        int most = Math.max(0, left - Math.max(64, containerMb / 5));
        int stateMb = Math.min((int) (containerMb * stateFraction), most);
        return new MemorySplit(
                containerMb, left - stateMb, directMb, metaspaceMb, stateMb, overheadMb);
    }

    private static int between(int value, int min, int max) {
        return Math.max(min, Math.min(max, value));
    }
}
