package io.millrace.coordinator.simulation;

import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.plan.JobId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The world that the output is for: what was committed is visible here, and committing the same
 * thing again changes nothing.
 */
final class Outside {
    private final TreeMap<String, TreeMap<String, byte[]>> committed = new TreeMap<>();

    /**
     * The bytes of a committable: attempt, checkpoint, then records.
     *
     * @param attempt told from those of all other leaders
     */
    static byte[] prepare(int attempt, long checkpointId, List<Integer> records) {
        ByteBuffer buffer = ByteBuffer.allocate(12 + 4 * records.size());
        buffer.putInt(attempt).putLong(checkpointId);
        records.forEach(buffer::putInt);
        return buffer.array();
    }

    /** What each committable of a subtask is called; it is the same thing if the name is. */
    static List<String> namesOf(OperatorCommittables prepared) {
        List<String> names = new ArrayList<>();
        for (byte[] committable : prepared.committables()) {
            ByteBuffer buffer = ByteBuffer.wrap(committable);
            names.add(
                    prepared.vertexId()
                            + "/"
                            + prepared.subtask()
                            + "#"
                            + buffer.getInt()
                            + "@"
                            + buffer.getLong());
        }
        return names;
    }

    /** Returns false if all of it had been committed before. */
    boolean commit(JobId job, OperatorCommittables prepared) {
        boolean fresh = false;
        List<String> names = namesOf(prepared);
        for (int i = 0; i < names.size(); i++) {
            byte[] content = prepared.committables().get(i);
            byte[] before =
                    committed
                            .computeIfAbsent(job.hex(), id -> new TreeMap<>())
                            .put(names.get(i), content);
            if (before != null && !Arrays.equals(before, content)) {
                throw new InvariantBroken(
                        "I2 exactly once", names.get(i) + " of " + job + " is two things");
            }
            fresh |= before == null;
        }
        return fresh;
    }

    /** The names of all that was committed. */
    TreeSet<String> names(JobId job) {
        return new TreeSet<>(committed.getOrDefault(job.hex(), new TreeMap<>()).keySet());
    }

    boolean isEmpty(JobId job) {
        return !committed.containsKey(job.hex());
    }

    /** All committed records of a sink vertex, sorted; one that was committed twice comes twice. */
    List<Integer> records(JobId job, int vertexId) {
        List<Integer> records = new ArrayList<>();
        committed
                .getOrDefault(job.hex(), new TreeMap<>())
                .forEach(
                        (name, bytes) -> {
                            if (name.startsWith(vertexId + "/")) {
                                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                                buffer.getInt();
                                buffer.getLong();
                                while (buffer.hasRemaining()) {
                                    records.add(buffer.getInt());
                                }
                            }
                        });
        records.sort(null);
        return records;
    }

    /** The attempts of a sink vertex of which something was committed. */
    TreeSet<Integer> attempts(JobId job, int vertexId) {
        TreeSet<Integer> attempts = new TreeSet<>();
        committed
                .getOrDefault(job.hex(), new TreeMap<>())
                .forEach(
                        (name, bytes) -> {
                            if (name.startsWith(vertexId + "/")) {
                                attempts.add(ByteBuffer.wrap(bytes).getInt());
                            }
                        });
        return attempts;
    }
}
