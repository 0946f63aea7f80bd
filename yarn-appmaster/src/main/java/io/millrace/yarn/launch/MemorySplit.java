package io.millrace.yarn.launch;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.util.List;

/**
 * How the memory of a container is divided among the areas of its process, in megabytes. Their sum
 * is the container, so that YARN has no reason to kill it. Immutable.
 *
 * @param directMb buffers outside of the heap: the network's, and Hadoop's
 * @param metaspaceMb classes, with generated ones
 * @param overheadMb all that the JVM takes without a limit of ours: code cache, thread stacks,
 *     garbage collector, allocator
 */
public record MemorySplit(
        int containerMb, int heapMb, int directMb, int metaspaceMb, int overheadMb) {
    /** The smallest container that a worker or an application master starts in. */
    public static final int MIN_CONTAINER_MB = 384;

    public MemorySplit {
        if (heapMb < 64 || heapMb + directMb + metaspaceMb + overheadMb != containerMb) {
            throw new IllegalArgumentException(
                    containerMb
                            + " MB are not "
                            + heapMb
                            + " + "
                            + directMb
                            + " + "
                            + metaspaceMb
                            + " + "
                            + overheadMb);
        }
    }

    /** A worker: much of it moves through network buffers. */
    public static MemorySplit ofWorker(int containerMb) {
        return split(containerMb, between(containerMb / 8, 48, 4096));
    }

    /** An application master: control messages only. */
    public static MemorySplit ofMaster(int containerMb) {
        return split(containerMb, between(containerMb / 16, 32, 256));
    }

    /** The JVM flags that set the limits; an exhausted heap ends the process. */
    public List<String> jvmFlags() {
        return List.of(
                "-Xmx" + heapMb + "m",
                "-XX:MaxDirectMemorySize=" + directMb + "m",
                "-XX:MaxMetaspaceSize=" + metaspaceMb + "m",
                "-XX:+ExitOnOutOfMemoryError");
    }

    private static MemorySplit split(int containerMb, int directMb) {
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
        int heapMb = containerMb - directMb - metaspaceMb - overheadMb;
        return new MemorySplit(containerMb, heapMb, directMb, metaspaceMb, overheadMb);
    }

    private static int between(int value, int min, int max) {
        return Math.max(min, Math.min(max, value));
    }
}
