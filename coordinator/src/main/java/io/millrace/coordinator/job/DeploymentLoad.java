package io.millrace.coordinator.job;

import io.millrace.runtime.message.ResultInput;
import io.millrace.runtime.message.ResultSlice;
import io.millrace.runtime.plan.AttemptId;
import io.millrace.runtime.plan.ResultId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tasks that one message starts, and what they read of earlier stages, each slice once.
 * Confined to the coordinator's thread.
 */
final class DeploymentLoad {
    /** About 2 MB of a control frame's 16, which the graph and the restores are in, too. */
    private static final int MOST_SLICES = 65_536;

    private final List<AttemptId> tasks = new ArrayList<>();
    private final Map<ResultId, Read> inputs = new LinkedHashMap<>();
    private int slices;

    private record Read(ResultInput input, Set<ResultSlice> slices) {}

    /** Whether this has room for more tasks that read these; an empty one always has. */
    boolean takes(List<ResultInput> more) {
        return tasks.isEmpty() || slices + slicesOf(more) <= MOST_SLICES;
    }

    private static int slicesOf(List<ResultInput> inputs) {
        return inputs.stream().mapToInt(input -> input.slices().size()).sum();
    }

    void add(AttemptId task, List<ResultInput> read) {
        tasks.add(task);
        for (ResultInput input : read) {
            Set<ResultSlice> known =
                    inputs.computeIfAbsent(input.id(), id -> new Read(input, new LinkedHashSet<>()))
                            .slices();
            for (ResultSlice slice : input.slices()) {
                slices += known.add(slice) ? 1 : 0;
            }
        }
    }

    List<AttemptId> tasks() {
        return List.copyOf(tasks);
    }

    List<ResultInput> inputs() {
        return inputs.values().stream()
                .map(
                        read ->
                                new ResultInput(
                                        read.input().id(),
                                        read.input().worker(),
                                        List.copyOf(read.slices()),
                                        read.input().node()))
                .toList();
    }
}
