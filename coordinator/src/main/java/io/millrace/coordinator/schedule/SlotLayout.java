package io.millrace.coordinator.schedule;

import io.millrace.api.graph.Partitioning;
import io.millrace.runtime.plan.JobEdge;
import io.millrace.runtime.plan.JobGraph;
import io.millrace.runtime.plan.JobVertex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which subtasks of a job share a slot. Immutable; slots are numbered from 0 for the whole job.
 *
 * <p>A slot belongs to one slot sharing group and holds at most one subtask of each vertex of it,
 * so a group needs as many slots as its widest vertex has subtasks. Vertices that are linked by
 * {@code FORWARD} edges lie in the same slots, subtask by subtask: their records never cross the
 * network. Those narrower than their group take its emptiest slots.
 */
public final class SlotLayout {
    private final int slots;
    private final TreeMap<Integer, int[]> slotsByVertex;

    private SlotLayout(int slots, TreeMap<Integer, int[]> slotsByVertex) {
        this.slots = slots;
        this.slotsByVertex = slotsByVertex;
    }

    public static SlotLayout of(JobGraph graph) {
        TreeMap<String, Integer> widths = new TreeMap<>();
        for (JobVertex vertex : graph.vertices()) {
            widths.merge(vertex.slotSharingGroup(), vertex.parallelism(), Math::max);
        }
        TreeMap<String, Integer> firstSlots = new TreeMap<>();
        int slots = 0;
        for (var group : widths.entrySet()) {
            firstSlots.put(group.getKey(), slots);
            slots += group.getValue();
        }
        int[] load = new int[slots];
        TreeMap<Integer, int[]> placed = new TreeMap<>();
        for (List<JobVertex> neighbours : forwardNeighbours(graph)) {
            JobVertex any = neighbours.get(0);
            int from = firstSlots.get(any.slotSharingGroup());
            int[] chosen =
                    IntStream.range(from, from + widths.get(any.slotSharingGroup()))
                            .boxed()
                            .sorted(Comparator.comparingInt((Integer slot) -> load[slot]))
                            .limit(any.parallelism())
                            .sorted()
                            .mapToInt(Integer::intValue)
                            .toArray();
            for (JobVertex vertex : neighbours) {
                placed.put(vertex.id(), chosen);
            }
            for (int slot : chosen) {
                load[slot] += neighbours.size();
            }
        }
        return new SlotLayout(slots, placed);
    }

    /** The slots that the job needs when all of it runs at once. */
    public int slots() {
        return slots;
    }

    public int slotOf(int vertexId, int subtask) {
        return slotsByVertex.get(vertexId)[subtask];
    }

    /** The slots of these vertices, in ascending order. */
    public List<Integer> slotsOf(List<Integer> vertexIds) {
        TreeSet<Integer> used = new TreeSet<>();
        for (int vertexId : vertexIds) {
            Arrays.stream(slotsByVertex.get(vertexId)).forEach(used::add);
        }
        return List.copyOf(used);
    }

    /** Vertices of one group and width that {@code FORWARD} edges connect, in the graph's order. */
    private static List<List<JobVertex>> forwardNeighbours(JobGraph graph) {
        List<List<JobVertex>> sets = new ArrayList<>();
        TreeMap<Integer, List<JobVertex>> setOf = new TreeMap<>();
        for (JobVertex vertex : graph.vertices()) {
            List<JobVertex> own = new ArrayList<>(List.of(vertex));
            sets.add(own);
            setOf.put(vertex.id(), own);
            for (JobEdge edge : graph.inputsOf(vertex.id())) {
                List<JobVertex> upstream = setOf.get(edge.sourceVertex());
                List<JobVertex> mine = setOf.get(vertex.id());
                if (upstream != mine && mayShare(edge, upstream.get(0), vertex)) {
                    upstream.addAll(mine);
                    mine.forEach(member -> setOf.put(member.id(), upstream));
                    sets.removeIf(set -> set == mine);
                }
            }
        }
        return sets;
    }

    private static boolean mayShare(JobEdge edge, JobVertex source, JobVertex target) {
        return edge.kind() == Partitioning.Kind.FORWARD
                && source.parallelism() == target.parallelism()
                && source.slotSharingGroup().equals(target.slotSharingGroup());
    }
}
